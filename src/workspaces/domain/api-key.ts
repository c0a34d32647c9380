import { DomainError } from '../../kernel/domain-error.js';
import type { WorkspaceId } from '../../kernel/ids.js';

/** `operator` keys belong to who runs the instance: they create workspaces and override health for all. */
export type ApiKeyKind = 'workspace' | 'operator';

/** A key as it may be shown: everything but the secret. */
export interface ApiKey {
  readonly id: string;
  readonly workspaceId: WorkspaceId;
  readonly kind: ApiKeyKind;
  readonly name: string;
  readonly prefix: string;
  readonly scopes: readonly string[];
  readonly expiresAt: Date | null;
  readonly revokedAt: Date | null;
  readonly createdAt: Date;
}

/** Who a presented key stands for. */
export interface AuthenticatedKey {
  readonly id: string;
  readonly workspaceId: WorkspaceId;
  readonly prefix: string;
  readonly scopes: readonly string[];
}

export const OPERATOR_SCOPE = 'operator';
export const ADMIN_SCOPE = 'admin';

/** True when `scopes` allow `needed`; `admin` stands for every scope but `operator`. */
export const grants = (scopes: readonly string[], needed: string): boolean =>
  scopes.includes(needed) || (needed !== OPERATOR_SCOPE && scopes.includes(ADMIN_SCOPE));

/** The kind follows from the scopes, so that the two cannot disagree. */
export const kindOf = (scopes: readonly string[]): ApiKeyKind =>
  scopes.includes(OPERATOR_SCOPE) ? 'operator' : 'workspace';

/** Refuses a key that could do more than the one that asks for it. @throws DomainError `key.scope_missing` */
export const assertMayGrant = (own: readonly string[], wanted: readonly string[]): void => {
  const excess = wanted.find((scope) => !grants(own, scope));
  if (excess !== undefined) throw scopeMissing(excess);
};

/** The caller's key does not carry `scope`. */
export const scopeMissing = (scope: string): DomainError =>
  new DomainError(
    'forbidden',
    'key.scope_missing',
    `This API key lacks the scope "${scope}". Use a key that has it, or ask an admin to create one.`,
    { scope },
  );
