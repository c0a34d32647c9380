import { describe, expect, it } from '@jest/globals';
import { judgeSend, RETRY_AFTER_MS, type SendResult } from './send.policy.js';

const how = { repeatAfterMs: 900_000, jitterRatio: 0.5 };
const warning = { tries: 1, unknowns: 0, severity: 'warning' as const };
const busy: SendResult = { kind: 'not_sent', lasting: 'temporary', detail: 'busy' };
const unknown: SendResult = { kind: 'unknown', detail: 'lost' };

describe('judgeSend', () => {
  it('tries again what was certainly not taken, ever later, and gives up after the last wait', () => {
    const verdicts = [...RETRY_AFTER_MS, 0].map((_, at) => judgeSend(busy, { ...warning, tries: at + 1 }, how));
    expect(verdicts).toEqual([
      ...RETRY_AFTER_MS.map((inMs) => ({ kind: 'retry', inMs })),
      { kind: 'failed', isGone: false },
    ]);
  });

  it('waits as long as it is asked to, an hour at most', () => {
    expect(judgeSend({ ...busy, retryAfterMs: 60_000 }, warning, how)).toEqual({ kind: 'retry', inMs: 60_000 });
    expect(judgeSend({ ...busy, retryAfterMs: 9e9 }, warning, how)).toEqual({ kind: 'retry', inMs: 3_600_000 });
  });

  it('gives up at once what is refused for good, and says when the other side is gone', () => {
    const refused: SendResult = { kind: 'not_sent', lasting: 'permanent', detail: 'no', isGone: true };
    expect(judgeSend(refused, warning, how)).toEqual({ kind: 'failed', isGone: true });
  });

  it('never sends soon again what may have arrived: a warning once more after a while, the rest not at all', () => {
    expect(judgeSend(unknown, warning, how)).toEqual({ kind: 'tell_again', inMs: 900_000 });
    expect(judgeSend(unknown, { ...warning, unknowns: 1 }, how)).toEqual({ kind: 'unknown' });
    expect(judgeSend(unknown, { ...warning, severity: 'info' }, how)).toEqual({ kind: 'unknown' });
  });
});
