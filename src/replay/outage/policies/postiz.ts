import { MINUTE_MS, SECOND_MS } from '../../../kernel/durations.js';
import type { TryAnswer } from '../world/answers.js';
import { type NextMove, SimplePublisher, type SimpleTarget } from './simple-publisher.js';

/** A 429 or 500 is sent again so often, so far apart. */
const RESENDS = 3;
const RESEND_AFTER_MS = 5 * SECOND_MS;
/** A reset or timeout is repeated so often, at once. */
const REPEATS = 5;
const CONFIRM_FOR_MS = 30 * MINUTE_MS;
const CONFIRM_EVERY_MS = 10 * SECOND_MS;

/** One try with the transport's own retries; confirmation is polled for half an hour, then it is called an error. */
export class Postiz extends SimplePublisher {
  protected after({ failures }: SimpleTarget, answer: TryAnswer): NextMove {
    switch (answer.kind) {
      case 'processing':
        return { kind: 'confirm' };
      case 'unauthorised':
        return { kind: 'give_up' };
      case 'unknown':
        return failures.silent <= REPEATS ? { kind: 'again', inMs: 0 } : { kind: 'give_up' };
      case 'throttled':
        return this.resend(failures.refused);
      case 'unavailable':
        if (answer.cause === 'platform') return this.resend(failures.refused);
        return failures.silent <= REPEATS ? { kind: 'again', inMs: 0 } : { kind: 'give_up' };
    }
  }

  protected confirm(target: SimpleTarget, handle: string): void {
    const { stage } = this;
    const untilMs = stage.nowMs + CONFIRM_FOR_MS;
    const poll = () => {
      const answer = stage.world.check(handle, target.account, stage.nowMs);
      stage.at(answer.atMs, () => {
        if (answer.kind === 'published') return this.finish(target, true);
        if (answer.kind === 'rejected' || stage.nowMs >= untilMs) return this.finish(target, false);
        stage.after(CONFIRM_EVERY_MS, poll);
      });
    };
    stage.after(CONFIRM_EVERY_MS, poll);
  }

  private resend(refused: number): NextMove {
    return refused <= RESENDS ? { kind: 'again', inMs: RESEND_AFTER_MS } : { kind: 'give_up' };
  }
}
