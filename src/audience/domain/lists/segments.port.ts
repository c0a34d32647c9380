import type { WorkspaceId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import type { SegmentFilter } from './segment.js';

/** A saved filter. */
export interface Segment {
  readonly id: string;
  readonly workspaceId: WorkspaceId;
  readonly name: string;
  readonly filter: SegmentFilter;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** Who a filter finds at this moment. */
export interface SegmentCount {
  /** On the list and in the filter, whatever their status; erased people are nowhere. */
  readonly total: number;
  /** Of these, who would get mail, or a text message, on at least one topic. */
  readonly email: number;
  readonly sms: number;
}

/** Saved filters of a workspace. */
export abstract class Segments {
  /** @throws DomainError `segment.name_taken`, `segment.too_many` */
  abstract create(segment: Pick<Segment, 'id' | 'workspaceId' | 'name' | 'filter'>, tx: Tx): Promise<Segment>;
  /** @throws DomainError `segment.not_found` */
  abstract get(workspaceId: WorkspaceId, id: string, tx?: Tx): Promise<Segment>;
  /** The same, locked until `tx` ends. @throws DomainError `segment.not_found` */
  abstract lock(workspaceId: WorkspaceId, id: string, tx: Tx): Promise<Segment>;
  /** @throws DomainError `segment.name_taken` */
  abstract save(segment: Segment, tx: Tx): Promise<Segment>;
  /** @throws DomainError `segment.in_use` while a broadcast names it */
  abstract delete(workspaceId: WorkspaceId, id: string, tx: Tx): Promise<void>;
  /** Newest first. */
  abstract list(
    workspaceId: WorkspaceId,
    place: { readonly limit: number; readonly after?: { readonly at: string; readonly id: string } | undefined },
  ): Promise<readonly (Segment & { readonly at: string })[]>;
  abstract count(workspaceId: WorkspaceId, filter: SegmentFilter): Promise<SegmentCount>;
}
