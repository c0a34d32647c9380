import { describe, expect, it } from '@jest/globals';
import { fc } from '../../../../test/support/properties.js';
import { amountOf, SmsBill } from './sms-costs.js';

const settings = {
  countries: [
    { country: 'US', segmentMicros: 7_900 },
    { country: 'DE', segmentMicros: 90_000 },
  ],
  maxPerBroadcastMicros: 1_000_000,
};

describe('SmsBill', () => {
  it('adds segments and prices per country, and leaves out where no price is set', () => {
    const bill = new SmsBill(settings, 2);
    for (const country of ['US', 'DE', 'US', 'JM', undefined]) bill.add(country);
    expect(bill.total).toEqual({
      recipients: 3,
      segments: 6,
      micros: 2 * 15_800 + 180_000,
      countries: [
        { country: 'US', recipients: 2, micros: 31_600 },
        { country: 'DE', recipients: 1, micros: 180_000 },
      ],
      notAllowed: 2,
      overCap: 0,
    });
  });

  it('never passes the cap, and lets a cheaper number in behind a dear one', () => {
    const bill = new SmsBill({ ...settings, maxPerBroadcastMicros: 100_000 }, 1);
    expect(['DE', 'DE', 'US', 'US'].map((country) => bill.add(country).kind)).toEqual([
      'sent',
      'over_cap',
      'sent',
      'over_cap',
    ]);
    expect(bill.total).toMatchObject({ micros: 97_900, recipients: 2, overCap: 2 });
  });

  it('loses nobody and keeps the cap, whoever comes', () => {
    const anyone = fc.array(fc.option(fc.constantFrom('US', 'DE', 'JM'), { nil: undefined }), { maxLength: 60 });
    fc.assert(
      fc.property(anyone, fc.integer({ min: 1, max: 5 }), (numbers, segments) => {
        const bill = new SmsBill(settings, segments);
        for (const country of numbers) bill.add(country);
        const { recipients, notAllowed, overCap, micros } = bill.total;
        expect(recipients + notAllowed + overCap).toBe(numbers.length);
        expect(micros).toBeLessThanOrEqual(settings.maxPerBroadcastMicros);
      }),
      { numRuns: 100 },
    );
  });
});

describe('amountOf', () => {
  it('reads as money', () => {
    expect([0, 7_900, 12_500_000, 1_000_001].map(amountOf)).toEqual(['0.00', '0.0079', '12.50', '1.000001']);
  });
});
