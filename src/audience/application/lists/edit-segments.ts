import { Injectable } from '@nestjs/common';
import { newId, type WorkspaceId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import { AuditLog } from '../../../workspaces/index.js';
import { readSegment } from '../../domain/lists/segment-reader.js';
import { type Segment, type SegmentCount, Segments } from '../../domain/lists/segments.port.js';

interface Caller {
  readonly workspaceId: WorkspaceId;
  readonly actor: string;
}

/** Saved filters: made, changed, counted. */
@Injectable()
export class EditSegments {
  constructor(
    private readonly segments: Segments,
    private readonly audit: AuditLog,
  ) {}

  /** @throws DomainError `segment.bad_filter`, `segment.name_taken`, `segment.too_many` */
  async create(caller: Caller, given: { readonly name: string; readonly filter: unknown }, tx: Tx): Promise<Segment> {
    const { workspaceId } = caller;
    const filter = readSegment(given.filter);
    const segment = await this.segments.create({ id: newId(), workspaceId, name: given.name, filter }, tx);
    await this.note(caller, 'segment.created', segment.id, tx);
    return segment;
  }

  /**
   * @param assertCurrent throws when the caller's copy is old
   * @throws DomainError `segment.not_found`, `segment.bad_filter`, `segment.name_taken`
   */
  async change(
    caller: Caller & { readonly id: string },
    given: { readonly name?: string | undefined; readonly filter?: unknown },
    assertCurrent: (segment: Segment) => void,
    tx: Tx,
  ): Promise<Segment> {
    const segment = await this.segments.lock(caller.workspaceId, caller.id, tx);
    assertCurrent(segment);
    const { name = segment.name } = given;
    const filter = given.filter === undefined ? segment.filter : readSegment(given.filter);
    const saved = await this.segments.save({ ...segment, name, filter }, tx);
    await this.note(caller, 'segment.changed', segment.id, tx);
    return saved;
  }

  /** @throws DomainError `segment.not_found`, `segment.in_use` */
  async delete(caller: Caller & { readonly id: string }, tx: Tx): Promise<void> {
    await this.segments.lock(caller.workspaceId, caller.id, tx);
    await this.segments.delete(caller.workspaceId, caller.id, tx);
    await this.note(caller, 'segment.deleted', caller.id, tx);
  }

  /** Whom a saved filter finds now. @throws DomainError `segment.not_found` */
  async countSaved(workspaceId: WorkspaceId, id: string): Promise<SegmentCount> {
    return this.segments.count(workspaceId, (await this.segments.get(workspaceId, id)).filter);
  }

  /** Whom a filter would find, before it is saved. @throws DomainError `segment.bad_filter` */
  count(workspaceId: WorkspaceId, filter: unknown): Promise<SegmentCount> {
    return this.segments.count(workspaceId, readSegment(filter));
  }

  private note({ workspaceId, actor }: Caller, action: string, subjectId: string, tx: Tx): Promise<void> {
    return this.audit.append({ workspaceId, actor, action, subjectId }, tx);
  }
}
