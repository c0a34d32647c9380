import { ROLES, type Role, scopesOf } from '../../../workspaces/domain/members/role.js';

/** What can be told about the approval of a post. */
export type ApprovalNewsKind = 'requested' | 'given' | 'rejected' | 'withdrawn' | 'expired';

/** One thing that happened to the approval of one target. */
export interface ApprovalNews {
  readonly kind: ApprovalNewsKind;
  readonly workspaceId: string;
  readonly targetId: string;
  readonly postId: string;
  /** `member:<id>`, `key:<prefix>`, or a worker of ours; empty where nobody did it. */
  readonly actor: string;
  readonly comment?: string;
  /** When the target is planned. */
  readonly scheduledAt: Date;
}

/** An event of the outbox, as far as it matters here. */
interface Happened {
  readonly type: string;
  readonly workspaceId: string | null;
  readonly payload: Readonly<Record<string, unknown>>;
}

const KIND_OF: Readonly<Record<string, ApprovalNewsKind>> = {
  'approval.requested': 'requested',
  'approval.given': 'given',
  'approval.rejected': 'rejected',
  'approval.withdrawn': 'withdrawn',
};

/** The news in an event; undefined: it is about something else. */
export const newsOf = ({ type, workspaceId, payload }: Happened): ApprovalNews | undefined => {
  const isExpiry = type === 'post.missed' && payload['cause'] === 'unapproved';
  const kind = isExpiry ? 'expired' : KIND_OF[type];
  if (kind === undefined || workspaceId === null) return undefined;
  const text = (field: string): string => {
    const value = payload[field];
    return typeof value === 'string' ? value : '';
  };
  const comment = text('comment');
  return {
    ...{ kind, workspaceId, targetId: text('targetId'), postId: text('postId'), actor: text('actor') },
    ...(comment === '' ? {} : { comment }),
    scheduledAt: new Date(text('scheduledAt')),
  };
};

/** Whoever may approve. */
export const APPROVING_ROLES: readonly Role[] = ROLES.filter((role) =>
  scopesOf(role).some((scope) => scope === 'posts:approve' || scope === 'admin'),
);
