import type { Call } from '../demo/clients.ts';
import type { Stage } from './stage.ts';
import { type Platform, PLATFORMS, type Workload } from './workload.ts';

/** Ids of accounts by tenant and platform. */
export type Accounts = readonly Readonly<Record<Platform, readonly string[]>>[];

/** Seconds of the run, whatever the time scale: longer than it takes; and so short that some are missed. */
const STALE_AFTER_SECONDS = 720;
const SOON_STALE_SECONDS = 60;
const HOLD_SECONDS = 10;
const LONGEST_HOLD_SECONDS = 604_800;

/** Connects the accounts of both tenants and says where their posts go in trouble. */
export const connectAccounts = async (
  { apis, sandbox, timeScale }: Stage,
  counts: Workload['accounts'],
): Promise<Accounts> => {
  const all: Record<Platform, string[]>[] = [];
  for (const [tenant, api] of apis.entries()) {
    const own = {} as Record<Platform, string[]>;
    for (const platform of PLATFORMS) {
      const count = counts[platform][tenant] ?? 0;
      own[platform] = [];
      for (let index = 0; index < count; index += 1) own[platform].push(await connect(api, sandbox, platform));
    }
    all.push(own);
    await layRoutes(api, own, timeScale);
  }
  return all;
};

const connect = async (api: Call, sandbox: Call, platform: Platform): Promise<string> => {
  const { credentials } = await sandbox<{ credentials: unknown }>('POST', 'accounts', { platform });
  return (await api<{ id: string }>('POST', '/v1/accounts', { platform, credentials })).id;
};

/** Health is pinned, so that only doubts, refusals and the rehearsed outage move posts. */
const layRoutes = async (api: Call, accounts: Record<Platform, string[]>, scale: number): Promise<void> => {
  const shared = {
    staleAfterSeconds: STALE_AFTER_SECONDS * scale,
    holdForSeconds: Math.min(LONGEST_HOLD_SECONDS, HOLD_SECONDS * scale),
  };
  await api('POST', '/v1/routes', { scope: 'workspace', platform: '*', ...shared, onUnknown: 'wait' });
  const spare = [accounts.skylight[0], accounts.reels[0]].filter((id) => id !== undefined);
  const sparer = accounts.shorts.slice(0, 1);
  const elsewhere = { ...shared, onDown: 'reroute', onUnknown: 'reroute', fallbacks: spare };
  for (const [index, accountId] of accounts.tiktok.entries())
    if (index % 2 === 1) await route(api, accountId, elsewhere);
  for (const [index, accountId] of accounts.reels.entries()) {
    if (index % 3 === 1) await route(api, accountId, { ...elsewhere, fallbacks: sparer });
    if (index % 3 === 2)
      await route(api, accountId, { ...shared, staleAfterSeconds: SOON_STALE_SECONDS * scale, onDown: 'hold' });
  }
  for (const platform of PLATFORMS) await pin(api, platform, 'healthy');
};

const route = (api: Call, scopeId: string, policy: object): Promise<unknown> =>
  api('POST', '/v1/routes', { scope: 'account', scopeId, platform: '*', ...policy });

/** A person says how the platform is. */
export const pin = (api: Call, platform: Platform, state: 'healthy' | 'down'): Promise<unknown> =>
  api('POST', `/v1/platforms/${platform}/override`, { state, reason: 'crash matrix' });
