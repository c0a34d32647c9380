import type { AccountDto, ReroutePlanResponse, RouteDto } from '../api/generated/types.gen.ts';

/** Posts that would go from one account to another. */
export interface Flow {
  readonly fromId: string;
  /** Absent: nowhere. */
  readonly toId?: string;
  readonly count: number;
  /** Why nowhere, one sentence each. */
  readonly reasons: readonly string[];
}

type Place = Pick<AccountDto, 'id' | 'platform'>;
type Rule = Pick<RouteDto, 'scope' | 'scopeId' | 'platform' | 'fallbacks' | 'maxExtraPerDay' | 'onDown'>;

/** What a plan comes to per pair of accounts, the fullest first; what goes nowhere comes last. */
export const flowsOf = ({ moves, staying }: Pick<ReroutePlanResponse, 'moves' | 'staying'>): Flow[] => {
  const flows = new Map<string, { fromId: string; toId?: string; count: number; reasons: Set<string> }>();
  const add = (fromId: string, toId: string | undefined, reasons: readonly string[]): void => {
    const key = `${fromId} ${toId ?? ''}`;
    const flow = flows.get(key) ?? { fromId, ...(toId === undefined ? {} : { toId }), count: 0, reasons: new Set() };
    flow.count += 1;
    for (const reason of reasons) flow.reasons.add(reason);
    flows.set(key, flow);
  };
  for (const { fromAccountId, accountId } of moves) add(fromAccountId, accountId, []);
  for (const { fromAccountId, reasons } of staying)
    add(
      fromAccountId,
      undefined,
      reasons.map(({ text }) => text),
    );
  return [...flows.values()]
    .map((flow) => ({ ...flow, reasons: [...flow.reasons] }))
    .sort((a, b) => Number(a.toId === undefined) - Number(b.toId === undefined) || b.count - a.count);
};

const SCOPES = ['account', 'platform', 'workspace'] as const;

/** The route that an account's posts follow when neither post nor tag has one: the narrowest, its own platform before all. */
export const routeFor = <Route extends Rule>(account: Place, routes: readonly Route[]): Route | undefined => {
  const fits = ({ scope, scopeId, platform }: Route, wanted: (typeof SCOPES)[number]): boolean =>
    scope === wanted &&
    (platform === '*' || platform === account.platform) &&
    (scope === 'workspace' || scopeId === (scope === 'account' ? account.id : account.platform));
  for (const scope of SCOPES) {
    const found = routes.filter((route) => fits(route, scope));
    const best = found.find(({ platform }) => platform !== '*') ?? found[0];
    if (best) return best;
  }
  return undefined;
};

/** Where an account's next post would go, were something due: its first fallback elsewhere; `undefined`: nowhere. */
export const firstWayOut = (
  account: Place,
  accounts: readonly Place[],
  routes: readonly Rule[],
): string | undefined => {
  const platformOf = new Map(accounts.map(({ id, platform }) => [id, platform]));
  return routeFor(account, routes)?.fallbacks.find((id) => {
    const platform = platformOf.get(id);
    return platform !== undefined && platform !== account.platform;
  });
};

/** The flows of accounts for which nothing is due, so that they are seen, too. */
export const idleFlows = (
  flows: readonly Flow[],
  dark: readonly Place[],
  accounts: readonly Place[],
  routes: readonly Rule[],
): Flow[] =>
  dark
    .filter(({ id }) => !flows.some(({ fromId }) => fromId === id))
    .map((account) => {
      const toId = firstWayOut(account, accounts, routes);
      return { fromId: account.id, ...(toId === undefined ? {} : { toId }), count: 0, reasons: [] };
    });
