import type { WorkspaceId } from '../../kernel/ids.js';
import type { Tx } from '../../kernel/transaction.js';
import type { NewWorkspace, Workspace } from './workspace.js';

/** What other rooms may ask about a workspace. */
export abstract class Workspaces {
  /** @throws DomainError `workspace.not_found` */
  abstract get(id: WorkspaceId, tx?: Tx): Promise<Workspace>;
}

/** Where workspaces are kept; for this room. */
export abstract class WorkspaceStore extends Workspaces {
  abstract insert(workspace: NewWorkspace, tx: Tx): Promise<Workspace>;
  /** Left-out fields stay. @throws DomainError `workspace.not_found`, `workspace.slug_taken` */
  abstract update(id: WorkspaceId, change: Partial<Omit<Workspace, 'id'>>, tx: Tx): Promise<Workspace>;
  /** The oldest workspace; the caller is the only one who bootstraps until `tx` ends. */
  abstract firstUnderLock(tx: Tx): Promise<Workspace | undefined>;
}
