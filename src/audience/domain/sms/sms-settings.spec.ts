import { describe, expect, it } from '@jest/globals';
import { DomainError } from '../../../kernel/domain-error.js';
import { assertSmsSettings, type SmsSettingsInput } from './sms-settings.js';

const good: SmsSettingsInput = {
  isOn: true,
  sender: '+14155550100',
  registration: 'CQ123',
  currency: 'USD',
  countries: [{ country: 'US', segmentMicros: 7_900 }],
  maxPerBroadcastMicros: 50_000_000,
  maxPerDayMicros: 100_000_000,
  quietHours: { from: '21:00', until: '08:00' },
};
const faultsOf = (change: Partial<SmsSettingsInput>): readonly string[] => {
  try {
    assertSmsSettings({ ...good, ...change });
    return [];
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return error.violations.map(({ field }) => field);
  }
};

describe('assertSmsSettings', () => {
  it('takes a number or a messaging service that people can answer, and no name', () => {
    expect(faultsOf({})).toEqual([]);
    expect(faultsOf({ sender: `MG${'0a'.repeat(16)}` })).toEqual([]);
    expect(faultsOf({ sender: 'STUDIO' })).toEqual(['sender']);
  });

  it('asks for a registration where carriers do, and for a price per country', () => {
    expect(faultsOf({ registration: null })).toEqual(['registration']);
    expect(faultsOf({ registration: null, countries: [{ country: 'DE', segmentMicros: 1 }] })).toEqual([]);
    expect(faultsOf({ countries: [] })).toEqual(['countries']);
    expect(faultsOf({ countries: [], isOn: false })).toEqual([]);
    expect(faultsOf({ countries: [...good.countries, ...good.countries] })).toEqual(['countries']);
  });

  it('names every fault at once', () => {
    expect(faultsOf({ sender: 'x', countries: [], quietHours: { from: '08:00', until: '08:00' } })).toEqual([
      'sender',
      'countries',
      'quietHours',
    ]);
  });
});
