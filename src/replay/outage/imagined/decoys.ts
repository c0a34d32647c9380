import type { AccountFault, Minutes, Phase } from '../trace/trace.js';
import type { Dice } from './dice.js';
import { type Platform, PLATFORMS, type Trouble } from './plain-trace.js';

const DAYS = 10;
const ACCOUNTS = 40;
const WORKSPACES = 20;

const repeated = <T>(times: number, make: (index: number) => T): readonly T[] =>
  Array.from({ length: times }, (_, i) => make(i));

const spanOf = (dice: Dice, name: string, least: number, most: number): Minutes => {
  const fromMinute = dice.between(`${name} from`, 60, DAYS * 1_440 - 600);
  return { fromMinute, toMinute: fromMinute + dice.scale(`${name} length`, least, most) };
};

/** Bans, expired tokens, 429 storms and bad videos, each of one account or one workspace. */
const ownTroubles = (dice: Dice): readonly AccountFault[] => {
  const kinds = [
    ['banned', 600, 6_000],
    ['token_expired', 20, 3_000],
    ['rate_limited', 10, 900],
    ['bad_video', 60, 900],
  ] as const;
  return kinds.flatMap(([kind, least, most]) =>
    repeated(5, (index) => {
      const name = `${kind} ${index}`;
      const whose = dice.chance(`${name} wide`, 0.3)
        ? { workspace: dice.whole(`${name} workspace`, 0, WORKSPACES - 1) }
        : { account: dice.whole(`${name} account`, 0, ACCOUNTS - 1) };
      return { ...spanOf(dice, name, least, most), platform: dice.pick(`${name} on`, PLATFORMS), kind, ...whose };
    }),
  );
};

/** Six accounts of six customers lose their tokens in the same minute: a campaign's agency, not the platform. */
const togetherLost = (dice: Dice): readonly AccountFault[] => {
  const span = spanOf(dice, 'together', 30, 120);
  const first = dice.whole('together first', 0, ACCOUNTS - 7);
  return repeated(6, (index) => ({ ...span, platform: 'tiktok', account: first + index, kind: 'token_expired' }));
};

/** Fewer views, more 429 for all, slower processing, and reads that fail now and then: each on its own says nothing. */
const dips = (dice: Dice): Readonly<Record<Platform, readonly Phase[]>> => {
  const of = (name: string, change: Omit<Phase, keyof Minutes>): Phase => ({
    ...spanOf(dice, name, 60, 900),
    ...change,
  });
  return {
    tiktok: [of('few views', { views: { firstHourMedian: 40 } }), of('limits', { upload: { rateLimitRate: 0.06 } })],
    reels: [of('slow', { process: { stallRate: 0.1, delaySeconds: { p50: 200, p95: 600 } } })],
    shorts: [of('reads', { read: { errorRate: 0.08, listLagMinutes: 10, omitRate: 0.1 } })],
    skylight: [of('latency', { upload: { latencyMs: { p50: 1_000, p95: 3_600 } } })],
  };
};

export const decoys = (dice: Dice): Trouble => ({
  days: DAYS,
  postsPerHour: dice.whole('posts', 8, 60),
  phases: dips(dice),
  accountFaults: [...ownTroubles(dice), ...togetherLost(dice)],
  cuts: repeated(6, (index) => spanOf(dice, `cut ${index}`, 0.3, 40)),
});
