import type { WorkspaceId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import type { TagRename } from '../../../library/domain/tags.port.js';

/** What names tags besides posts. */
export abstract class TagUses {
  /** Routes made for posts with the tag. */
  abstract routesOf(workspaceId: WorkspaceId, tag: string, tx: Tx): Promise<number>;
  /** The tag as a category: of slots, and of what is recycled together. @returns how many named it */
  abstract renameCategory(workspaceId: WorkspaceId, rename: TagRename, tx: Tx): Promise<number>;
}
