import { DomainError } from '../../../kernel/domain-error.js';
import type { WorkspaceId } from '../../../kernel/ids.js';

/** Whose words they are: a workspace's own, or, by an operator, for all of the instance. */
export const WORD_SCOPES = ['workspace', 'instance'] as const;
export type WordScope = (typeof WORD_SCOPES)[number];

/** Who writes. */
export interface Speaker {
  readonly workspaceId: WorkspaceId;
  readonly actor: string;
  readonly isOperator: boolean;
}

/**
 * The workspace a word belongs to; null: the whole instance.
 * @throws DomainError `incident.needs_operator`
 */
export const workspaceOf = ({ workspaceId, isOperator }: Speaker, scope: WordScope): WorkspaceId | null => {
  if (scope === 'workspace') return workspaceId;
  if (isOperator) return null;
  throw new DomainError(
    'forbidden',
    'incident.needs_operator',
    'Words for the whole instance need a key with the scope "operator". Use scope "workspace" for your own.',
  );
};
