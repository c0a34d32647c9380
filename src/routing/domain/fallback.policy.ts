import { platformTitle } from '../../platforms/domain/platform-title.js';
import type { FullBecause } from './load-spread.policy.js';
import type { FallbackFacts, RouteFacts, TargetFacts } from './route-facts.js';
import type { Reason } from './route-decision.js';

/** Below this many platforms "most of them are down" says nothing (design section 5). */
const PANIC_FROM_PLATFORMS = 3;

const FULL: Readonly<Record<FullBecause, string>> = {
  hour: 'takes over no more in this hour: a quarter above its usual hour at first, then more step by step.',
  day: 'has taken over as many posts within a day as the route allows (maxExtraPerDay).',
};

/** Why this account cannot take the target now; undefined when it can. */
export const whyNot = (fallback: FallbackFacts, target: TargetFacts): Reason | undefined => {
  const name = `${platformTitle(fallback.platform)} account ${fallback.accountId}`;
  const no = (code: string, text: string): Reason => ({ code: `fallback_${code}`, text: `${name} ${text}` });
  if (fallback.accountId === target.accountId) return no('is_origin', 'is the one in trouble.');
  if (target.triedAccountIds.includes(fallback.accountId)) return no('tried', 'has had this run of the post before.');
  if (fallback.carriesOccurrence) return no('carries_it', 'carries this run of the post already.');
  if (fallback.accountStatus !== 'active') return no('not_active', `is ${fallback.accountStatus}.`);
  if (fallback.paused) return no('paused', 'is on a platform that a person paused.');
  if (fallback.state !== 'healthy') return no('not_healthy', `is on a platform that is ${fallback.state}.`);
  if (!fallback.fits) return no('does_not_fit', 'cannot take this video or caption.');
  if (fallback.usedPostWithinCooldown) return no('cooldown', 'had this post too recently.');
  if (fallback.quotaLeft !== undefined && fallback.quotaLeft <= 0) return no('no_quota', 'has no quota left.');
  if (fallback.full) return no('full', FULL[fallback.full]);
  return undefined;
};

/** More than half of the workspace's platforms are down: going elsewhere would only move the crowd. */
export const isPanic = ({ workspacePlatforms }: Pick<RouteFacts, 'workspacePlatforms'>): boolean => {
  const down = workspacePlatforms.filter(({ state }) => state === 'down').length;
  return workspacePlatforms.length >= PANIC_FROM_PLATFORMS && down * 2 > workspacePlatforms.length;
};

/** Why it goes there. */
export const takenBecause = ({ platform, accountId }: FallbackFacts): Reason => ({
  code: 'fallback_taken',
  text: `${platformTitle(platform)} account ${accountId} takes it: healthy, connected, and it fits.`,
});

/** The first account of the route that can take the target, and why those before it cannot. */
export const chooseFallback = ({
  fallbacks,
  target,
}: RouteFacts): { readonly chosen?: FallbackFacts; readonly refusals: readonly Reason[] } => {
  const refusals: Reason[] = [];
  for (const fallback of fallbacks) {
    const refusal = whyNot(fallback, target);
    if (!refusal) return { chosen: fallback, refusals };
    refusals.push(refusal);
  }
  return { refusals };
};
