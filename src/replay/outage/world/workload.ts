import { HOUR_MS } from '../../../kernel/durations.js';
import { msOf } from '../trace/behaviour.js';
import type { OutageTrace } from '../trace/trace.js';
import type { DrawBook } from './draw-book.js';
import type { Roster, TraceAccount } from './roster.js';

/** A post and where it is meant to go. */
export interface PlannedPost {
  /** From 0, hour by hour. */
  readonly no: number;
  /** Whole ms of the trace's clock. */
  readonly atMs: number;
  readonly workspace: number;
  readonly isEvergreen: boolean;
  readonly origins: readonly TraceAccount[];
}

/**
 * Everything that is due, in time. Each hour from the trace's start on has `postsPerHour` posts, of which
 * `round(onTheHourShare x postsPerHour)` at the clock's full hour within it and the rest uniform.
 */
export const workloadOf = (trace: OutageTrace, roster: Roster, draws: DrawBook): readonly PlannedPost[] => {
  const { postsPerHour, onTheHourShare } = trace.workload;
  const endMs = msOf(trace.durationMinutes);
  const onTheHour = Math.round(onTheHourShare * postsPerHour);
  const fullHourMs = (HOUR_MS - (Date.parse(trace.start) % HOUR_MS)) % HOUR_MS;
  const posts: PlannedPost[] = [];
  for (let hour = 0; hour * HOUR_MS < endMs; hour += 1)
    for (let index = 0; index < postsPerHour; index += 1) {
      const no = hour * postsPerHour + index;
      const inHourMs = index < onTheHour ? fullHourMs : Math.floor(draws.uniform('time', { post: no }) * HOUR_MS);
      const atMs = hour * HOUR_MS + inHourMs;
      if (atMs < endMs) posts.push(postOf(trace, roster, draws, { no, atMs }));
    }
  return posts.sort((one, two) => one.atMs - two.atMs || one.no - two.no);
};

/** A uniform workspace; per platform its chance, at least the most frequent one; a uniform account each. */
const postOf = (
  { workspaces, workload: { targetsPerPost, evergreenShare } }: OutageTrace,
  roster: Roster,
  draws: DrawBook,
  { no, atMs }: { readonly no: number; readonly atMs: number },
): PlannedPost => {
  const workspace = draws.index('workspace', { post: no }, workspaces);
  const drawn = Object.entries(targetsPerPost).filter(([platform, rate]) =>
    draws.chance('target', { platform, post: no }, rate),
  );
  const platforms = drawn.length > 0 ? drawn.map(([platform]) => platform) : mostFrequent(targetsPerPost);
  const origins = platforms.flatMap((platform) => {
    const accounts = roster.of(platform, workspace);
    return accounts.length === 0
      ? []
      : (accounts[draws.index('account', { platform, post: no }, accounts.length)] ?? []);
  });
  return { no, atMs, workspace, isEvergreen: draws.chance('evergreen', { post: no }, evergreenShare), origins };
};

const mostFrequent = (targetsPerPost: OutageTrace['workload']['targetsPerPost']): readonly string[] => {
  const [first] = Object.entries(targetsPerPost).toSorted(([, one], [, two]) => two - one);
  return first ? [first[0]] : [];
};
