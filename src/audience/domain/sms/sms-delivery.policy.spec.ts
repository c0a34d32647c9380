import { describe, expect, it } from '@jest/globals';
import { audienceTiming } from '../audience.timing.js';
import type { SmsDelivery } from './sms-gateway.port.js';
import { smsOutcomeOf } from './sms-delivery.policy.js';

const timing = audienceTiming(1);
const refused = (
  lasting: 'temporary' | 'permanent',
  stage: 'route' | 'message',
  retryAfterMs?: number,
): SmsDelivery => ({
  kind: 'refused',
  lasting,
  stage,
  reply: 'no',
  ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
});

describe('smsOutcomeOf', () => {
  it('never sends again, nor refunds, what may have been taken', () => {
    expect(smsOutcomeOf({ kind: 'unknown', detail: 'cut off' }, 1, timing)).toMatchObject({
      verdict: { state: 'unknown' },
      isRefunded: false,
    });
  });

  it('keeps what the provider calls a text, for its receipts', () => {
    const taken: SmsDelivery = { kind: 'accepted', providerId: 'SM1', reply: 'queued' };
    expect(smsOutcomeOf(taken, 1, timing).verdict).toEqual({ state: 'accepted', reply: 'queued', providerId: 'SM1' });
  });

  it('ends a refused number with its money back, and goes on with the next', () => {
    expect(smsOutcomeOf(refused('permanent', 'message'), 1, timing)).toEqual({
      verdict: { state: 'failed', reply: 'no' },
      isRefunded: true,
      isRouteTrouble: false,
    });
  });

  it('waits at least as long as the provider asks when our account is in trouble', () => {
    const outcome = smsOutcomeOf(refused('temporary', 'route', 3_600_000), 1, timing);
    expect(outcome).toMatchObject({ verdict: { state: 'deferred', nextTryAfterMs: 3_600_000 }, isRouteTrouble: true });
    expect(smsOutcomeOf(refused('temporary', 'route'), 10, timing).verdict.state).toBe('failed');
  });
});
