import { Injectable } from '@nestjs/common';
import type { WorkspaceId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import type { PlanningItem } from '../../domain/queues/planning-facts.port.js';
import { ItemReader } from './item-reader.js';
import { KeptItems, type KeptLibrary } from './kept-items.js';
import { PlanningChanges } from './planning-changes.repository.js';

/** More changed posts than this are read with all the others. */
const MOST_CHANGED = 1_000;

/**
 * All evergreen posts of a workspace as they are now: what was read last, with those that changed since read anew. A
 * library is read whole once, however many ask and however many queues share it.
 */
@Injectable()
export class CurrentItems {
  /** The last who reads for each workspace. */
  private readonly turns = new Map<WorkspaceId, Promise<unknown>>();

  constructor(
    private readonly reader: ItemReader,
    private readonly changes: PlanningChanges,
    private readonly kept: KeptItems,
  ) {}

  /** As `tx` sees them; in order of their ids. */
  async read(workspaceId: WorkspaceId, withViews: boolean, tx?: Tx): Promise<readonly PlanningItem[]> {
    // Whoever holds a connection must not wait for somebody who wants one.
    if (tx) return this.refreshed(workspaceId, withViews, tx);
    return this.inTurn(workspaceId, () => this.refreshed(workspaceId, withViews));
  }

  private async refreshed(workspaceId: WorkspaceId, withViews: boolean, tx?: Tx): Promise<readonly PlanningItem[]> {
    const found = this.kept.find(workspaceId);
    const known = found && (found.hasViews || !withViews) ? found : undefined;
    const { now, postIds, isOwn } = await this.changes.since(workspaceId, known?.asOf, tx);
    const hasViews = known?.hasViews ?? withViews;
    const read = (ids?: readonly string[]) =>
      this.reader.read(workspaceId, { withViews: hasViews, ...(ids ? { postIds: ids } : {}) }, tx);
    const isFar = !known || postIds === 'all' || postIds.length > MOST_CHANGED;
    const items = isFar ? await read() : await merged(known, postIds, read);
    // What a transaction changed itself is for its own eyes.
    if (!isOwn) this.kept.keep(workspaceId, { items, asOf: now, hasViews });
    return items;
  }

  private async inTurn<T>(workspaceId: WorkspaceId, work: () => Promise<T>): Promise<T> {
    const mine = (this.turns.get(workspaceId) ?? Promise.resolve()).then(work, work);
    this.turns.set(workspaceId, mine);
    try {
      return await mine;
    } finally {
      if (this.turns.get(workspaceId) === mine) this.turns.delete(workspaceId);
    }
  }
}

const merged = async (
  { items }: KeptLibrary,
  changed: readonly string[],
  read: (postIds: readonly string[]) => Promise<readonly PlanningItem[]>,
): Promise<readonly PlanningItem[]> => {
  if (changed.length === 0) return items;
  const fresh = await read(changed);
  const gone = new Set(changed);
  return [...items.filter(({ postId }) => !gone.has(postId)), ...fresh].sort((one, other) =>
    one.postId < other.postId ? -1 : 1,
  );
};
