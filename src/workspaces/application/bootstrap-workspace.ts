import type { WorkspaceId } from '../../kernel/ids.js';
import type { UnitOfWork } from '../../kernel/transaction.js';
import { OPERATOR_SCOPE } from '../domain/api-key.js';
import type { WorkspaceStore } from '../domain/workspaces.port.js';
import type { WorkspaceDesk } from './workspace-desk.js';

/** Makes the first start usable: one workspace and one key that may do everything. */
export class BootstrapWorkspace {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly workspaces: WorkspaceStore,
    private readonly desk: WorkspaceDesk,
    /** Region of the workspace, config `DEFAULT_REGION`. */
    private readonly region: string,
  ) {}

  /** @returns the oldest workspace; `apiKey` only from the call that created it, however many start at once */
  execute(): Promise<{ workspaceId: WorkspaceId; apiKey?: string }> {
    return this.unitOfWork.run(async (tx) => {
      const existing = await this.workspaces.firstUnderLock(tx);
      if (existing) return { workspaceId: existing.id };
      const fresh = { name: 'My workspace', region: this.region, timeZone: 'UTC' };
      const { workspace, apiKey } = await this.desk.open(fresh, 'system', tx, [OPERATOR_SCOPE]);
      return { workspaceId: workspace.id, apiKey };
    });
  }
}
