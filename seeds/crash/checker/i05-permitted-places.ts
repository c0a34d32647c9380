import type { Linked } from './linked.ts';
import type { History, RouteRow, TargetRow, Violation } from './rows.ts';

/** I5: live only on the origin's account and on fallbacks of its own route, each account once per run. */
export const permittedPlaces = (history: History, linked: readonly Linked[]): readonly Violation[] => {
  const targets = new Map(history.targets.map((row) => [row.id, row]));
  const tags = new Map(history.posts.map(({ id, tags }) => [id, tags]));
  return linked.flatMap(({ target }) => {
    const root = target && targets.get(target.rootId);
    if (!target || !root || target.accountId === root.accountId) return [];
    const route = routeOf(history.routes, root, tags.get(root.postId) ?? []);
    if (route?.fallbacks.includes(target.accountId)) return [];
    return [
      {
        invariant: 'I5',
        ids: [target.id, root.id],
        sentence: `It is live on ${target.platform}, and the route of its origin names no such fallback.`,
      },
    ];
  });
};

const ORDER = ['post', 'tag', 'account', 'platform', 'workspace'];

/** The root's route: the narrowest scope, and within it the one for its platform before the one for any. */
const routeOf = (routes: readonly RouteRow[], root: TargetRow, tags: readonly string[]): RouteRow | undefined => {
  const scopeIds: Readonly<Record<string, readonly string[]>> = {
    post: [root.postId],
    tag: tags,
    account: [root.accountId],
    platform: [root.platform],
    workspace: [''],
  };
  const fits = routes.filter(
    ({ workspaceId, scope, scopeId, platform }) =>
      workspaceId === root.workspaceId &&
      (scopeIds[scope] ?? []).includes(scopeId) &&
      (platform === root.platform || platform === '*'),
  );
  const rank = ({ scope, platform }: RouteRow) => 2 * ORDER.indexOf(scope) + (platform === '*' ? 1 : 0);
  return fits.toSorted((a, b) => rank(a) - rank(b))[0];
};
