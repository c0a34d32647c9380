import type { PlatformName } from '../../../platforms/domain/platform-name.js';
import { chooseFallback, takenBecause } from '../../../routing/domain/fallback.policy.js';
import type { FallbackFacts } from '../../../routing/domain/route-facts.js';
import type { Reason } from '../../../routing/domain/route-decision.js';
import { backlogOrder } from './backlog.policy.js';
import { RoundClaims } from './claims.js';
import { type RoutedTarget, routeFactsOf, type Surroundings } from './route-facts.policy.js';

/** Where one target goes when a person moves it, and why there and not to the fallbacks before. */
export interface Destination {
  readonly accountId: string;
  readonly reasons: readonly Reason[];
}

/** What a person's wish to leave a platform comes to. */
export interface Moves {
  readonly moves: readonly (Destination & Leaving)[];
  readonly staying: readonly (Leaving & { readonly reasons: readonly Reason[] })[];
}

interface Leaving {
  readonly targetId: string;
  /** The account it was meant for. */
  readonly fromAccountId: string;
}

/** What fallbacks are judged by. */
export type MoveSurroundings = Pick<Surroundings, 'left' | 'load' | 'timing' | 'healthOf' | 'claims'>;

export const BY_HAND: Reason = { code: 'by_hand', text: 'Moved by hand.' };
const WAITS: Reason = {
  code: 'route_waits',
  text: 'It may be live already, and its route says to wait. Move it alone if that does not matter.',
};
const NOBODY: Reason = {
  code: 'no_fallback',
  text: 'Its route names no account elsewhere. Add fallbacks to the route, or move it to a named account.',
};

/**
 * The route's first usable fallback for a target that a person moves, whatever the health of its own platform; else every
 * reason why there is none. How many an account takes in an hour is the person's business, the route's daily cap is not.
 */
export const destinationOf = (item: RoutedTarget, around: MoveSurroundings): Destination | readonly Reason[] => {
  const rest = { trouble: 'none', workspacePlatforms: [], admitted: false, quotaResetsAt: undefined } as const;
  const facts = routeFactsOf(item, { ...around, ...rest });
  const { chosen, refusals } = chooseFallback({ ...facts, fallbacks: facts.fallbacks.map(atAnyPace) });
  if (chosen) return { accountId: chosen.accountId, reasons: [BY_HAND, takenBecause(chosen), ...refusals] };
  return refusals.length > 0 ? refusals : [NOBODY];
};

/**
 * Who goes where when a person moves everything away from a platform: to accounts on other platforms, in the order of a
 * backlog. Pure: the same facts, the same plan, so that a dry run is exact.
 */
export const movesOf = (
  facts: readonly RoutedTarget[],
  around: Omit<MoveSurroundings, 'claims'>,
  from: PlatformName,
): Moves => {
  const claims = new RoundClaims();
  const moves: Moves['moves'][number][] = [];
  const staying: Moves['staying'][number][] = [];
  for (const item of facts.toSorted(backlogOrder)) {
    const { id: targetId, postId, accountId: fromAccountId } = item.target;
    const elsewhere = { ...item, fallbacks: item.fallbacks.filter(({ account }) => account.platform !== from) };
    const stays = staysHere(item);
    const found = stays ? [stays] : destinationOf(elsewhere, { ...around, claims });
    if (!('accountId' in found)) {
      staying.push({ targetId, fromAccountId, reasons: found });
      continue;
    }
    claims.give(postId, found.accountId);
    moves.push({ targetId, fromAccountId, ...found });
  }
  return { moves, staying };
};

/** Why a wish about a whole platform does not concern it; a person may still move it alone. */
const staysHere = ({ target: { role, status }, route }: RoutedTarget): Reason | undefined => {
  if (role === 'catch_up' || role === 'fill')
    return { code: 'stays_here', text: `A ${role} is made for this account. Move it alone if it should go elsewhere.` };
  return status === 'unconfirmed' && route.onUnknown === 'wait' ? WAITS : undefined;
};

const atAnyPace = ({ full, ...fallback }: FallbackFacts): FallbackFacts =>
  full === 'day' ? { ...fallback, full } : fallback;
