import { Injectable } from '@nestjs/common';
import type { WorkspaceId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import { AuditLog } from '../../../workspaces/index.js';
import { notOfQueue } from '../../domain/queues/queue.errors.js';
import { Reservations } from '../../domain/queues/reservations.port.js';

/** A run that a queue planned, and who acts on it. */
export interface RunRef {
  readonly workspaceId: WorkspaceId;
  readonly occurrenceId: string;
  readonly actor: string;
}

/** Keeps a run as it is, however its queue changes. */
@Injectable()
export class LockRun {
  constructor(
    private readonly reservations: Reservations,
    private readonly audit: AuditLog,
  ) {}

  /** @throws DomainError `occurrence.not_found` */
  async execute({ workspaceId, occurrenceId, actor }: RunRef, locked: boolean, tx: Tx): Promise<void> {
    const lock = { locked, by: actor };
    if (!(await this.reservations.setLocked(workspaceId, occurrenceId, lock, tx))) throw notOfQueue(occurrenceId);
    const action = locked ? 'occurrence.locked' : 'occurrence.unlocked';
    await this.audit.append({ workspaceId, actor, action, subjectId: occurrenceId }, tx);
  }
}
