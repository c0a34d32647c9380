import type { Publisher } from '../run/policy.js';
import type { Stage } from '../run/stage.js';
import type { TryAnswer } from '../world/answers.js';
import type { TraceAccount } from '../world/roster.js';
import type { PlannedPost } from '../world/workload.js';

/** One target as a simple scheduler keeps it. */
export interface SimpleTarget {
  readonly post: number;
  readonly account: TraceAccount;
  /** Tries begun. */
  readonly tries: number;
  /** Tries by what they came to. */
  readonly failures: Readonly<Record<'refused' | 'silent', number>>;
}

/** What follows a try. `confirm`: look whether it becomes live. */
export type NextMove =
  | { readonly kind: 'done' }
  | { readonly kind: 'give_up' }
  | { readonly kind: 'confirm' }
  | { readonly kind: 'again'; readonly inMs: number };

/** A policy that tries, tries again by fixed rules and goes nowhere else. */
export abstract class SimplePublisher implements Publisher {
  private open = 0;

  constructor(protected readonly stage: Stage) {}

  /** @param target with this try counted */
  protected abstract after(target: SimpleTarget, answer: TryAnswer): NextMove;
  protected abstract confirm(target: SimpleTarget, handle: string): void;

  start(): void {}

  due(posts: readonly PlannedPost[]): void {
    for (const { no, origins } of posts)
      for (const account of origins) {
        this.open += 1;
        this.send({ post: no, account, tries: 0, failures: { refused: 0, silent: 0 } });
      }
  }

  isSettled(): boolean {
    return this.open === 0;
  }

  end(): void {
    this.stage.record.unconfirmedAtEnd += this.open;
  }

  protected finish(target: SimpleTarget, isGood: boolean): void {
    this.open -= 1;
    if (!isGood) this.stage.record.gaveUp(target.post, target.account.id);
  }

  private send(before: SimpleTarget): void {
    const { stage } = this;
    const { account, post } = before;
    const handle = `${post}@${account.id}#${before.tries + 1}`;
    stage.record.calls.push({ account, atMs: stage.nowMs });
    const answer = stage.world.publish({ account, root: account, post, handle }, stage.nowMs);
    const target = counted(before, answer);
    stage.at(answer.atMs, () => this.follow(target, handle, this.after(target, answer)));
  }

  private follow(target: SimpleTarget, handle: string, move: NextMove): void {
    switch (move.kind) {
      case 'done':
        return this.finish(target, true);
      case 'give_up':
        return this.finish(target, false);
      case 'confirm':
        return this.confirm(target, handle);
      case 'again':
        return this.stage.after(move.inMs, () => this.send(target));
    }
  }
}

/** A 429, 401 or 500 is an answer that refuses; a reset or a timeout is silence. */
const counted = (target: SimpleTarget, answer: TryAnswer): SimpleTarget => {
  const isSilent = answer.kind === 'unknown' || (answer.kind === 'unavailable' && answer.cause === 'network');
  const { refused, silent } = target.failures;
  const failures = isSilent ? { refused, silent: silent + 1 } : { refused: refused + 1, silent };
  return { ...target, tries: target.tries + 1, failures: answer.kind === 'processing' ? target.failures : failures };
};
