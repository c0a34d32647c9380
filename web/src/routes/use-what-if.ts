import { useQuery } from '@tanstack/react-query';
import { useSession } from '../access/session.ts';
import { accountsListOptions, routesListOptions } from '../api/generated/@tanstack/react-query.gen.ts';
import { reroutesReroute } from '../api/generated/sdk.gen.ts';
import type { AccountDto } from '../api/generated/types.gen.ts';
import { type Flow, flowsOf, idleFlows } from './flows.ts';

const MOST = 100;

/** Which platform is taken to be down, and where; no region: everywhere. */
export interface Outage {
  readonly platform: AccountDto['platform'];
  readonly region?: string;
}

/** The accounts of the workspace that are still connected. */
export const useAccounts = () =>
  useQuery({
    ...accountsListOptions({ query: { limit: MOST } }),
    select: ({ items }) => items.filter(({ status }) => status !== 'disconnected'),
  });

export const useRoutes = () =>
  useQuery({ ...routesListOptions({ query: { limit: MOST } }), select: ({ items }) => items });

/** What would happen if it went down now: a dry run of the reroute, and the ways of accounts without anything due. */
export const useWhatIf = (outage: Outage) => {
  const { may } = useSession();
  const accounts = useAccounts();
  const routes = useRoutes();
  const plan = useQuery({
    queryKey: [{ _id: 'whatIf', tags: ['Targets', 'Routes', 'Accounts', 'Readiness'], ...outage }],
    enabled: may('posts:write'),
    queryFn: async ({ signal }) => {
      const { data } = await reroutesReroute({ body: { ...outage, dryRun: true }, signal });
      return data;
    },
  });
  const isReady = accounts.data && routes.data && (plan.data ?? !may('posts:write'));
  return {
    error: accounts.error ?? routes.error ?? plan.error,
    accounts: accounts.data ?? [],
    routes: routes.data ?? [],
    /** Only who may move posts is told how many would move; the ways are everybody's. */
    isCounted: may('posts:write'),
    flows: isReady ? allFlows(outage, accounts.data ?? [], routes.data ?? [], plan.data) : undefined,
  };
};

const allFlows = (
  { platform, region }: Outage,
  accounts: readonly AccountDto[],
  routes: Parameters<typeof idleFlows>[3],
  plan: Parameters<typeof flowsOf>[0] = { moves: [], staying: [] },
): Flow[] => {
  const dark = accounts.filter((one) => one.platform === platform && (region === undefined || one.region === region));
  const flows = flowsOf(plan);
  return [...flows, ...idleFlows(flows, dark, accounts, routes)];
};
