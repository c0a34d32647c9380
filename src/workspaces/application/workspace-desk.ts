import { Injectable } from '@nestjs/common';
import type { WorkspaceId } from '../../kernel/ids.js';
import { type Tx, UnitOfWork } from '../../kernel/transaction.js';
import { ADMIN_SCOPE } from '../domain/api-key.js';
import { AuditLog } from '../domain/audit-log.port.js';
import type { NewWorkspace, Workspace } from '../domain/workspace.js';
import { WorkspaceStore } from '../domain/workspaces.port.js';
import { ApiKeyDesk } from './api-key-desk.js';

/** A new tenant and the plain text of its first key, shown once. */
export interface OpenedWorkspace {
  readonly workspace: Workspace;
  readonly apiKey: string;
}

/** Opens and changes workspaces. */
@Injectable()
export class WorkspaceDesk {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly workspaces: WorkspaceStore,
    private readonly keys: ApiKeyDesk,
    private readonly audit: AuditLog,
  ) {}

  /** Creates a workspace with one key. @param extraScopes beside `admin`; `operator` on first start */
  async open(
    fresh: NewWorkspace,
    actor: string,
    tx: Tx,
    extraScopes: readonly string[] = [],
  ): Promise<OpenedWorkspace> {
    const workspace = await this.workspaces.insert(fresh, tx);
    const workspaceId = workspace.id;
    await this.audit.append({ workspaceId, actor, action: 'workspace.created', subjectId: workspaceId }, tx);
    const scopes = [ADMIN_SCOPE, ...extraScopes];
    const first = { workspaceId, name: 'First key', scopes, grantorScopes: scopes, expiresAt: null, actor };
    const { plain } = await this.keys.issue(first, tx);
    return { workspace, apiKey: plain };
  }

  /** @throws DomainError `workspace.slug_taken` */
  change(id: WorkspaceId, change: Partial<Omit<Workspace, 'id'>>, actor: string): Promise<Workspace> {
    return this.unitOfWork.run((tx) => this.changeIn(id, change, actor, tx));
  }

  async changeIn(id: WorkspaceId, change: Partial<Omit<Workspace, 'id'>>, actor: string, tx: Tx): Promise<Workspace> {
    const workspace = await this.workspaces.update(id, change, tx);
    const entry = { workspaceId: id, actor, action: 'workspace.changed', subjectId: id, detail: { ...change } };
    await this.audit.append(entry, tx);
    return workspace;
  }
}
