import type { WorkspaceId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import type { RecyclingSettings } from './recycling.js';

/** How the posts of a category (a tag) return. */
export abstract class CategoryRecyclings {
  /** Those that have settings. */
  abstract find(
    workspaceId: WorkspaceId,
    categories: readonly string[],
    tx?: Tx,
  ): Promise<ReadonlyMap<string, RecyclingSettings>>;
  /** Replaces; nothing left removes. */
  abstract save(workspaceId: WorkspaceId, category: string, settings: RecyclingSettings, tx: Tx): Promise<void>;
}
