import { Injectable } from '@nestjs/common';
import { DomainError } from '../../kernel/domain-error.js';
import type { WorkspaceId } from '../../kernel/ids.js';
import { type Tx, UnitOfWork } from '../../kernel/transaction.js';
import { type IdempotencyCall, REPLAY_FOR_MS, ShownOnce } from '../domain/idempotency-call.js';
import { IdempotencyRecords, type RecordName } from '../domain/idempotency-records.port.js';

/** Makes a request safe to send again: the answer is remembered in the transaction of its effect. */
@Injectable()
export class Idempotency {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly records: IdempotencyRecords,
  ) {}

  /**
   * Runs `effect` in one transaction, or answers what it answered the first time. A refusal is not remembered.
   * @param effect everything the request does, in the database alone (it may begin anew after a deadlock); may return `ShownOnce` when the answer holds a secret
   * @throws DomainError `idempotency.in_flight` while the same call runs, `idempotency.body_differs`
   */
  run<T>(
    caller: { readonly workspaceId: WorkspaceId },
    call: IdempotencyCall,
    effect: (tx: Tx) => Promise<T | ShownOnce<T>>,
  ): Promise<T> {
    const name = nameOf(caller.workspaceId, call);
    return this.unitOfWork.runPatiently(async (tx) => {
      if (!name) return (await split(effect(tx))).body;
      if (!(await this.records.tryLock(name, tx))) throw inFlight();
      const earlier = await this.earlier<T>(name, call, tx);
      if (earlier) return earlier.body;
      const { body, replay } = await split(effect(tx));
      const { bodyHash, status } = call;
      await this.records.remember(name, { bodyHash, status, response: replay, forMs: REPLAY_FOR_MS }, tx);
      return body;
    });
  }

  /**
   * The remembered answer, for routes that call out before their transaction and must not call out again.
   * @throws DomainError `idempotency.body_differs`
   */
  async replayOf<T>(
    caller: { readonly workspaceId: WorkspaceId },
    call: IdempotencyCall,
  ): Promise<{ readonly body: T } | undefined> {
    const name = nameOf(caller.workspaceId, call);
    return name && this.earlier<T>(name, call);
  }

  private async earlier<T>(name: RecordName, call: IdempotencyCall, tx?: Tx): Promise<{ body: T } | undefined> {
    const found = await this.records.find(name, tx);
    if (!found) return undefined;
    if (!found.bodyHash.equals(call.bodyHash)) throw bodyDiffers();
    call.markReplayed();
    return { body: found.response as T };
  }
}

const nameOf = (workspaceId: WorkspaceId, { key, route }: IdempotencyCall): RecordName | undefined =>
  key === undefined ? undefined : { workspaceId, route, key };

const split = async <T>(running: Promise<T | ShownOnce<T>>): Promise<{ body: T; replay: T }> => {
  const result = await running;
  return result instanceof ShownOnce ? result : { body: result, replay: result };
};

const inFlight = () =>
  new DomainError(
    'conflict',
    'idempotency.in_flight',
    'A request with this Idempotency-Key is still running. Try again in a moment with the same key.',
  );

const bodyDiffers = () =>
  new DomainError(
    'unprocessable',
    'idempotency.body_differs',
    'This Idempotency-Key was used for another request. Use a new key for a new request.',
  );
