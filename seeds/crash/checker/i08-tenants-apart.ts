import type { Linked } from './linked.ts';
import type { History, Violation } from './rows.ts';

/** I8: tenants apart: rows that belong together belong to one workspace, and so does what is live. */
export const tenantsApart = (history: History, linked: readonly Linked[]): readonly Violation[] => {
  const accounts = new Map(history.accounts.map((row) => [row.id, row.workspaceId]));
  const posts = new Map(history.posts.map((row) => [row.id, row.workspaceId]));
  const targets = new Map(history.targets.map((row) => [row.id, row.workspaceId]));
  const owners = new Map(history.accounts.map((row) => [`${row.platform}|${row.externalId}`, row.workspaceId]));
  const tell = (ids: readonly string[], sentence: string): Violation => ({ invariant: 'I8', ids, sentence });
  return [
    ...history.targets
      .filter(
        ({ workspaceId, accountId, postId, rootId }) =>
          accounts.get(accountId) !== workspaceId ||
          posts.get(postId) !== workspaceId ||
          targets.get(rootId) !== workspaceId,
      )
      .map(({ id }) => tell([id], 'A target, its post, account and root belong to several workspaces.')),
    ...history.attempts
      .filter(({ workspaceId, targetId }) => targets.get(targetId) !== workspaceId)
      .map(({ id, targetId }) => tell([id, targetId], 'A try belongs to another workspace than its target.')),
    ...linked
      .filter(
        ({ target, post }) => target && owners.get(`${post.platform}|${post.accountExternalId}`) !== target.workspaceId,
      )
      .map(({ target, post }) =>
        tell([target?.id ?? '', post.handle], 'It is live on an account of another workspace.'),
      ),
  ];
};
