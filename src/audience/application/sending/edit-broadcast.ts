import { Injectable } from '@nestjs/common';
import { notFound } from '../../../kernel/domain-error.js';
import type { WorkspaceId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import { AuditLog } from '../../../workspaces/index.js';
import { wrongBroadcastStatus } from '../../domain/audience.errors.js';
import { type Broadcast, type BroadcastStatus, mayChange } from '../../domain/sending/broadcast.js';
import { type BroadcastEdit, Broadcasts, type NewBroadcast } from '../../domain/sending/broadcasts.port.js';
import { Segments } from '../../domain/lists/segments.port.js';
import { Templates } from '../../domain/sending/template.port.js';

/** Which broadcast, and who acts. */
export interface BroadcastRef {
  readonly workspaceId: WorkspaceId;
  readonly id: string;
  readonly actor: string;
}

const VERBS = { paused: 'be paused', sending: 'be resumed', cancelled: 'be cancelled' } as const;

/** Everything done to a broadcast by hand, except sending it. */
@Injectable()
export class EditBroadcast {
  constructor(
    private readonly broadcasts: Broadcasts,
    private readonly templates: Templates,
    private readonly segments: Segments,
    private readonly audit: AuditLog,
  ) {}

  /** @throws DomainError `template.syntax`, `segment.not_found` */
  async create(fresh: NewBroadcast, tx: Tx): Promise<Broadcast> {
    this.templates.compile(fresh);
    if (fresh.segmentId !== null) await this.segments.get(fresh.workspaceId, fresh.segmentId, tx);
    return this.broadcasts.insert(fresh, tx);
  }

  /**
   * @param assertVersion refuses a stale copy
   * @throws DomainError `broadcast.not_found`, `broadcast.wrong_status`, `template.syntax`, `segment.not_found`
   */
  async edit(
    ref: BroadcastRef,
    edit: BroadcastEdit,
    assertVersion: (actual: number) => void,
    tx: Tx,
  ): Promise<Broadcast> {
    const broadcast = await this.locked(ref, tx);
    assertVersion(broadcast.version);
    if (broadcast.status !== 'draft') throw wrongBroadcastStatus(broadcast.status, 'be edited');
    this.templates.compile({ ...broadcast, ...edit });
    if (edit.segmentId) await this.segments.get(ref.workspaceId, edit.segmentId, tx);
    return this.broadcasts.edit(broadcast, edit, tx);
  }

  /** Pauses, resumes or cancels. @throws DomainError `broadcast.not_found`, `broadcast.wrong_status` */
  async change(ref: BroadcastRef, to: 'paused' | 'sending' | 'cancelled', tx: Tx): Promise<Broadcast> {
    const broadcast = await this.locked(ref, tx);
    const isStart = to === 'sending' && broadcast.status !== 'paused';
    if (isStart || !mayChange(broadcast.status, to)) throw wrongBroadcastStatus(broadcast.status, VERBS[to]);
    // What a guard said stays: it has been read, and the guard does not say it again.
    const reason = to === 'sending' ? broadcast.pauseReason : null;
    const changed = await this.broadcasts.setStatus(broadcast, to, tx, reason ?? undefined);
    await this.note(ref, to === 'sending' ? 'broadcast.resumed' : `broadcast.${to satisfies BroadcastStatus}`, tx);
    return changed;
  }

  private async locked({ workspaceId, id }: BroadcastRef, tx: Tx): Promise<Broadcast> {
    const broadcast = await this.broadcasts.lock(workspaceId, id, tx);
    if (!broadcast) throw notFound('broadcast', id);
    return broadcast;
  }

  private note({ workspaceId, id, actor }: BroadcastRef, action: string, tx: Tx): Promise<void> {
    return this.audit.append({ workspaceId, actor, action, subjectId: id }, tx);
  }
}
