import { randomInt } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '../../kernel/clock.port.js';
import { DomainError, notFound } from '../../kernel/domain-error.js';
import type { WorkspaceId } from '../../kernel/ids.js';
import { type Tx, UnitOfWork } from '../../kernel/transaction.js';
import { ADMIN_SCOPE, type ApiKey, assertMayGrant, kindOf } from '../domain/api-key.js';
import { hashOf, mintKey } from '../domain/api-key-format.js';
import { ApiKeys } from '../domain/api-keys.port.js';
import { AuditLog } from '../domain/audit-log.port.js';

/** What a new key shall be. */
export interface KeyRequest {
  readonly workspaceId: WorkspaceId;
  readonly name: string;
  readonly scopes: readonly string[];
  /** null: never. */
  readonly expiresAt: Date | null;
  readonly actor: string;
  /** Scopes of who asks; nobody can hand on more than they have. */
  readonly grantorScopes: readonly string[];
}

/** Issues and revokes API keys. */
@Injectable()
export class ApiKeyDesk {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly keys: ApiKeys,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /**
   * Stores a new key.
   * @returns it with its plain text, which cannot be had again
   * @throws DomainError `key.scope_missing`, `api_key.expiry_past`
   */
  async issue(request: KeyRequest, tx: Tx): Promise<ApiKey & { plain: string }> {
    const { workspaceId, name, scopes, expiresAt, actor } = request;
    assertMayGrant(request.grantorScopes, scopes);
    if (expiresAt && expiresAt <= this.clock.now()) throw expiryPast();
    const { plain, prefix } = mintKey(randomInt);
    const fresh = { workspaceId, kind: kindOf(scopes), name, prefix, hash: hashOf(plain), scopes, expiresAt };
    const key = await this.keys.insert(fresh, tx);
    const detail = { prefix, scopes };
    await this.audit.append({ workspaceId, actor, action: 'api_key.created', subjectId: key.id, detail }, tx);
    return { ...key, plain };
  }

  /**
   * Ends a key at once; a key that is ended already stays so.
   * @throws DomainError `api_key.not_found`, `api_key.last_admin`
   */
  revoke(workspaceId: WorkspaceId, id: string, actor: string): Promise<void> {
    return this.unitOfWork.run(async (tx) => {
      const key = await this.keys.lock(workspaceId, id, tx);
      if (!key) throw notFound('api_key', id);
      if (key.revokedAt) return;
      if (key.scopes.includes(ADMIN_SCOPE) && (await this.keys.countLiveAdmins(workspaceId, id, tx)) === 0)
        throw lastAdmin();
      await this.keys.revoke(workspaceId, id, tx);
      const detail = { prefix: key.prefix };
      await this.audit.append({ workspaceId, actor, action: 'api_key.revoked', subjectId: id, detail }, tx);
    });
  }
}

const lastAdmin = () =>
  new DomainError(
    'conflict',
    'api_key.last_admin',
    'This is the last key that can manage the workspace. Create another key with the scope "admin" first.',
  );

const expiryPast = () =>
  new DomainError('invalid', 'api_key.expiry_past', 'expiresAt lies in the past. Send a later time, or leave it out.');
