import { describe, expect, it } from '@jest/globals';
import { audienceTiming, MAX_TRIES } from '../audience.timing.js';
import { verdictOf } from './delivery.policy.js';
import type { MailDelivery } from './mailer.port.js';

const timing = audienceTiming(1);
const refused = (lasting: 'temporary' | 'permanent', stage: 'route' | 'message' = 'message'): MailDelivery => ({
  kind: 'refused',
  lasting,
  stage,
  reply: 'no',
});

describe('verdictOf', () => {
  it('keeps the reply and the server of an accepted mail', () => {
    const verdict = verdictOf({ kind: 'accepted', reply: '250 queued as 1', server: 'mx:25' }, 1, timing);
    expect(verdict).toEqual({ state: 'accepted', reply: '250 queued as 1', server: 'mx:25' });
  });

  it('never plans another try after an unknown outcome', () => {
    expect(verdictOf({ kind: 'unknown', detail: 'reset' }, 1, timing)).toEqual({ state: 'unknown', reply: 'reset' });
  });

  it('defers a temporary refusal, longer each time', () => {
    expect(verdictOf(refused('temporary'), 1, timing)).toMatchObject({ state: 'deferred', nextTryAfterMs: 300_000 });
    expect(verdictOf(refused('temporary'), 3, timing)).toMatchObject({ nextTryAfterMs: 1_200_000 });
  });

  it('gives up on a permanent refusal and after the last try', () => {
    expect(verdictOf(refused('permanent'), 1, timing).state).toBe('failed');
    expect(verdictOf(refused('temporary'), MAX_TRIES, timing).state).toBe('failed');
  });

  it('gives nobody up for trouble of our own server', () => {
    const verdict = verdictOf(refused('temporary', 'route'), MAX_TRIES, timing);
    expect(verdict).toMatchObject({ state: 'deferred', isTry: false, nextTryAfterMs: timing.routePauseMs });
  });
});
