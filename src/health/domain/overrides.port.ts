import type { WorkspaceId } from '../../kernel/ids.js';
import type { Tx } from '../../kernel/transaction.js';
import type { Override } from './override.js';

export abstract class Overrides {
  /** Stores it; an earlier live one for the same scope, platform and region ends. */
  abstract insert(override: Omit<Override, 'id' | 'createdAt'>, tx: Tx): Promise<Override>;
  /** A live one this workspace may see: its own or the instance's. */
  abstract find(workspaceId: WorkspaceId, id: string, tx?: Tx): Promise<Override | undefined>;
  abstract end(id: string, tx: Tx): Promise<void>;
  /** Live ones this workspace may see, newest first; `at` is the key of the page. */
  abstract list(
    workspaceId: WorkspaceId,
    page: { readonly limit: number; readonly after?: { readonly at: string; readonly id: string } | undefined },
  ): Promise<(Override & { readonly at: string })[]>;
}
