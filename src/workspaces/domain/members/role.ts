/** What a member of a workspace may be. */
export const ROLES = ['owner', 'editor', 'approver', 'viewer'] as const;
export type Role = (typeof ROLES)[number];

const READS = ['media:read', 'posts:read', 'accounts:read', 'health:read', 'routes:read'] as const;

/**
 * The one table of permissions: the scopes that a role stands for, the same words that API keys carry.
 * Who writes does not approve and who approves does not write, so that an approval is a second pair of eyes; an owner may
 * do both. Subscribers' addresses and webhooks' secrets are the owners' (`admin` stands for every scope but `operator`).
 */
const SCOPES_OF = {
  owner: ['admin'],
  editor: [...READS, 'media:write', 'posts:write'],
  approver: [...READS, 'posts:approve'],
  viewer: READS,
} as const satisfies Readonly<Record<Role, readonly string[]>>;

/** A scope that some role stands for. */
export type RoleScope = (typeof SCOPES_OF)[Role][number];

/** The scopes of a role. */
export const scopesOf = (role: Role): readonly RoleScope[] => SCOPES_OF[role];
