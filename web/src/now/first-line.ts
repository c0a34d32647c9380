import type { NowAnswer, NowPlatform, NowRegion } from './now-answer.ts';

/** A platform in trouble, for the sentence. */
export interface Trouble {
  readonly platform: string;
  readonly state: 'down' | 'degraded' | 'recovering';
  readonly regions: readonly string[];
  readonly since?: string;
}

/** What the first line says; the words are made by the page. */
export interface FirstLine {
  /** act: somebody is needed. watch: trouble that is being dealt with. calm: neither. */
  readonly tone: 'act' | 'watch' | 'calm';
  readonly troubles: readonly Trouble[];
  readonly moved: number;
  /** The one platform that they moved to; absent when there are several. */
  readonly movedTo?: string;
  readonly held: number;
  readonly unconfirmed: number;
  readonly needsDecision: number;
  readonly failed: number;
  readonly reconnect: number;
  readonly due: number;
  readonly nextAt?: string;
}

const RANK = { down: 0, degraded: 1, recovering: 2, healthy: 3 } as const;

/** Worst first; among equals by name. */
export const byTrouble = <Item extends { readonly state: keyof typeof RANK }>(items: readonly Item[]): Item[] =>
  [...items].sort((a, b) => RANK[a.state] - RANK[b.state]);

const troubleOf = ({ platform, regions }: NowPlatform): Trouble | undefined => {
  const [worst] = byTrouble(regions);
  if (worst === undefined || worst.state === 'healthy') return undefined;
  const alike = regions.filter(({ state }) => state === worst.state);
  const since = earliest(alike);
  return {
    platform,
    state: worst.state,
    regions: alike.length === regions.length && regions.length > 1 ? [] : alike.map(({ region }) => region),
    ...(since === undefined ? {} : { since }),
  };
};

const earliest = (regions: readonly NowRegion[]): string | undefined =>
  regions
    .flatMap(({ since }) => since ?? [])
    .sort()
    .at(0);

/** The one word that all share. */
const common = (words: readonly string[]): string | undefined =>
  words.length > 0 && words.every((word) => word === words[0]) ? words[0] : undefined;

/** What a creator wants to know first: who is down, what became of the posts, and whether he is needed. */
export const firstLine = (now: NowAnswer): FirstLine => {
  const troubles = byTrouble((now.platforms ?? []).flatMap((platform) => troubleOf(platform) ?? []));
  const movedTo = common(now.rerouted.items.flatMap(({ replacement }) => replacement?.platform ?? []));
  const nextAt = now.due.items[0]?.scheduledAt;
  const counts = {
    moved: now.rerouted.count,
    held: now.held.count,
    unconfirmed: now.unconfirmed.count,
    needsDecision: now.needsDecision.count,
    failed: now.failedToday.count,
    reconnect: now.reconnect?.length ?? 0,
    due: now.due.count,
  };
  const isNeeded = counts.needsDecision + counts.failed + counts.reconnect > 0;
  const isWatched = troubles.length + counts.unconfirmed + counts.held > 0;
  return {
    tone: isNeeded ? 'act' : isWatched ? 'watch' : 'calm',
    troubles,
    ...counts,
    ...(movedTo === undefined ? {} : { movedTo }),
    ...(nextAt === undefined ? {} : { nextAt }),
  };
};
