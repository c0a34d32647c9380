import type { AccountFacts } from '../../../accounts/domain/account-facts.js';
import type { HealthView } from '../../../health/index.js';
import type { PlatformState } from '../../../health/domain/health-state.js';
import { isHandOffIdentity } from '../../../platforms/domain/hand-off-mode.js';
import type { FallbackLoad } from '../../../routing/domain/load-spread.policy.js';
import type { Way } from '../../domain/targets/target-record.js';

/** A person posts in the app: what is wrong with the API does not concern them. */
const BY_HAND: PlatformState = {
  state: 'healthy',
  rampShare: 1,
  since: new Date(0),
  reason: 'A person posts here by hand.',
  overridden: false,
};

export const isByHand = ({ externalId }: Pick<AccountFacts, 'externalId'>): boolean => isHandOffIdentity(externalId);

/** What an account carries, as the load spread should see it. */
export const loadOfAccount = (account: AccountFacts, load: FallbackLoad): FallbackLoad =>
  isByHand(account) ? { ...load, byHand: true } : load;

/** How the way to an account does, as its workspace sees it. */
export const healthOfWay = (health: HealthView, way: Way): PlatformState =>
  isByHand(way) ? BY_HAND : health.stateOf(way.platform, way.region, way.workspaceId);

export const healthOfAccount: (health: HealthView, account: AccountFacts) => PlatformState = healthOfWay;
