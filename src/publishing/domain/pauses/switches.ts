import type { AccountFacts } from '../../../accounts/domain/account-facts.js';
import type { PauseFact } from '../../../routing/domain/pause-fact.js';
import type { TargetRecord } from '../targets/target-record.js';

/** Kill switches that are on, besides the accounts' own status. */
export interface Switches {
  /** Of a workspace, a platform in it, or (workspaceId null) a platform in the whole instance. */
  readonly pauses: readonly {
    readonly workspaceId: string | null;
    readonly platform: string | null;
    readonly reason?: string;
  }[];
  /** With the person's own words, where there are any. */
  readonly pausedPosts: ReadonlyMap<string, string | undefined>;
}

/** The pause of the platform or workspace, the widest first. */
const pauseOn = ({ pauses }: Switches, workspaceId: string, platform: string) =>
  pauses
    .filter((pause) => (pause.workspaceId ?? workspaceId) === workspaceId && (pause.platform ?? platform) === platform)
    .toSorted((a, b) => width(b) - width(a))[0];

const width = ({ workspaceId, platform }: Switches['pauses'][number]): number =>
  workspaceId === null ? 2 : Number(platform === null);

/** Whether nothing may go to a platform of a workspace. */
export const isStopped = (switches: Switches, workspaceId: string, platform: string): boolean =>
  pauseOn(switches, workspaceId, platform) !== undefined;

/** The switch that stops a target, the widest first; undefined when none does. */
export const pauseOf = (
  switches: Switches,
  target: Pick<TargetRecord, 'workspaceId' | 'platform' | 'postId'>,
  account?: Pick<AccountFacts, 'status' | 'statusReason'>,
): PauseFact | undefined => {
  const pause = pauseOn(switches, target.workspaceId, target.platform);
  if (pause) return fact(pause.platform === null ? 'workspace' : 'platform', pause.reason);
  if (account?.status === 'paused') return fact('account', account.statusReason);
  const { pausedPosts } = switches;
  return pausedPosts.has(target.postId) ? fact('post', pausedPosts.get(target.postId)) : undefined;
};

const fact = (scope: PauseFact['scope'], reason: string | undefined): PauseFact =>
  reason === undefined ? { scope } : { scope, reason };
