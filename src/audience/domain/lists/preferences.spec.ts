import { describe, expect, it } from '@jest/globals';
import { changePreferences, type PreferenceFacts } from './preferences.js';

const facts = (given: Partial<PreferenceFacts> = {}): PreferenceFacts => ({
  status: 'confirmed',
  phoneStatus: null,
  accepts: ['email:outages', 'email:news'],
  ...given,
});

describe('changePreferences', () => {
  it('drops a topic with a line in the ledger', () => {
    expect(changePreferences(facts(), ['email:outages'])).toEqual({
      ...{ accepts: ['email:outages'], leaves: false },
      lines: [{ purpose: 'email:news', action: 'withdrawn' }],
    });
  });

  it('changes nothing the second time', () => {
    const once = changePreferences(facts(), ['email:outages']);
    expect(changePreferences(facts(once), ['email:outages'])).toMatchObject({ lines: [], leaves: false });
  });

  it('takes a topic up again', () => {
    expect(changePreferences(facts({ accepts: ['email:outages'] }), ['email:outages', 'email:news']).lines).toEqual([
      { purpose: 'email:news', action: 'given' },
    ]);
  });

  it('leaves when nothing is left by mail', () => {
    expect(changePreferences(facts(), [])).toMatchObject({ accepts: [], leaves: true });
  });

  it('keeps what is accepted on a phone that has not been proved', () => {
    const pending = facts({ phoneStatus: 'pending', accepts: ['email:outages', 'sms:outages'] });
    expect(changePreferences(pending, ['email:outages']).accepts).toEqual(['email:outages', 'sms:outages']);
  });

  it('lets a proved phone choose for itself', () => {
    const proved = facts({ phoneStatus: 'confirmed', accepts: ['email:outages', 'sms:outages'] });
    expect(changePreferences(proved, ['email:outages']).lines).toEqual([
      { purpose: 'sms:outages', action: 'withdrawn' },
    ]);
  });

  it('gives nobody a channel that is not theirs', () => {
    expect(changePreferences(facts(), ['email:outages', 'email:news', 'sms:news']).accepts).toEqual([
      ...['email:outages', 'email:news'],
    ]);
    expect(changePreferences(facts({ status: 'unsubscribed', accepts: [] }), ['email:news']).accepts).toEqual([]);
  });
});
