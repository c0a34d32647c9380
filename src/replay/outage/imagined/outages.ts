import type { Phase, TruthSpan } from '../trace/trace.js';
import type { Dice } from './dice.js';
import { type Platform, PLATFORMS, type Trouble } from './plain-trace.js';

type Upload = NonNullable<Phase['upload']>;
type Span = Pick<TruthSpan, 'fromMinute' | 'toMinute' | 'regions'>;

/** From here on of all tries a perfect observer calls it `down`. */
const DOWN_FROM = 0.5;

/** Somewhere within a day; never at the very minute at which the posts of an hour come. */
const spanOf = (dice: Dice, name: string, { day, least, most }: { day: number; least: number; most: number }): Span => {
  const fromMinute = 1_440 * day + dice.between(`${name} from`, 300, 1_000);
  const regions = dice.pick<readonly string[] | undefined>(`${name} where`, [undefined, ['us'], ['eu']]);
  return {
    fromMinute,
    toMinute: fromMinute + dice.scale(`${name} length`, least, most),
    ...(regions ? { regions } : {}),
  };
};

/** So much fails. @param silent 0..1: the part of it that gives no answer, an eighth of it accepted all the same */
const failing = (rate: number, silent: number): Upload => ({
  errorRate: rate * (1 - silent),
  timeoutRate: rate * silent * 0.875,
  acceptedLostRate: rate * silent * 0.125,
  rateLimitRate: 0,
});

const truthOf = (span: Span, rate: number): TruthSpan => ({
  ...span,
  capability: 'publish',
  state: rate >= DOWN_FROM ? 'down' : 'degraded',
});

interface Illness {
  readonly phases: readonly Phase[];
  readonly truth: readonly TruthSpan[];
}

const on = (ill: Partial<Record<Platform, Illness>>): Pick<Trouble, 'phases' | 'truth'> => ({
  phases: Object.fromEntries(Object.entries(ill).map(([platform, { phases }]) => [platform, phases])),
  truth: Object.fromEntries(Object.entries(ill).map(([platform, { truth }]) => [platform, truth])),
});

const brownoutOf = (dice: Dice, name: string, span: Span): Illness => {
  const rate = dice.between(`${name} rate`, 0.3, 0.6);
  const upload = failing(rate, dice.between(`${name} silent`, 0.65, 0.95));
  const slow = { stallRate: dice.between(`${name} stalls`, 0, 0.4), delaySeconds: { p50: 900, p95: 3_000 } };
  return { phases: [{ ...span, upload, process: slow }], truth: [truthOf(span, rate)] };
};

const lossOf = (span: Span): Illness => ({
  phases: [{ ...span, upload: failing(0.99, 0.1), read: { errorRate: 1 }, auth: { errorRate: 1 } }],
  truth: [truthOf(span, 1), { ...span, capability: 'read', state: 'down' }],
});

const joined = (one: Illness, other: Illness): Illness => ({
  phases: [...one.phases, ...other.phases],
  truth: [...one.truth, ...other.truth],
});

export const brownout = (dice: Dice): Trouble => {
  const [first, second] = [0, 1].map((day) => spanOf(dice, `span ${day}`, { day, least: 30, most: 300 }));
  if (!first || !second) return { days: 2 };
  const platform = dice.pick('platform', PLATFORMS);
  return {
    days: 2,
    ...on({ [platform]: joined(brownoutOf(dice, 'first', first), brownoutOf(dice, 'second', second)) }),
  };
};

export const lowTraffic = (dice: Dice): Trouble => {
  const loss = spanOf(dice, 'loss', { day: 0, least: 20, most: 400 });
  const ill = spanOf(dice, 'ill', { day: 1, least: 60, most: 400 });
  return {
    days: 3,
    postsPerHour: dice.whole('posts', 3, 10),
    onTheHourShare: dice.pick('on the hour', [0, 0.3, 0.7]),
    ...on({ tiktok: joined(lossOf(loss), brownoutOf(dice, 'ill', ill)) }),
  };
};

export const twoAtOnce = (dice: Dice): Trouble => {
  const first = spanOf(dice, 'first', { day: 0, least: 120, most: 500 });
  const { fromMinute } = first;
  const lateMinutes = dice.between('late', 5, 100);
  const second = { ...spanOf(dice, 'second', { day: 0, least: 120, most: 500 }), fromMinute: fromMinute + lateMinutes };
  const until = { ...second, toMinute: second.fromMinute + dice.scale('second lasts', 60, 400) };
  const [one, other] = dice.pick<readonly [Platform, Platform]>('which', [
    ['tiktok', 'reels'],
    ['tiktok', 'shorts'],
    ['reels', 'shorts'],
    ['skylight', 'tiktok'],
  ]);
  return { days: 2, ...on({ [one]: lossOf(first), [other]: brownoutOf(dice, 'second', until) }) };
};

export const blindReads = (dice: Dice): Trouble => {
  const platform = dice.pick('platform', PLATFORMS);
  const blind = spanOf(dice, 'blind', { day: 0, least: 200, most: 700 });
  const errorRate = dice.between('reads', 0.8, 1);
  const halfway = { ...blind, fromMinute: blind.fromMinute + dice.between('halfway', 30, 120) };
  const bad = { ...halfway, toMinute: halfway.fromMinute + dice.between('bad', 40, 70) };
  const decoy = spanOf(dice, 'decoy', { day: 1, least: 60, most: 600 });
  const [ill, other] = [brownoutOf(dice, 'bad', bad), PLATFORMS.find((name) => name !== platform) ?? 'tiktok'];
  const lags = { listLagMinutes: 45, omitRate: 0.5 };
  return {
    days: 2,
    phases: {
      [platform]: [{ ...blind, read: { errorRate, ...lags } }, ...ill.phases],
      // Lists that lag, forget and fail now and then: posts are well.
      [other]: [{ ...decoy, read: { errorRate: 0.25, ...lags } }],
    },
    truth: { [platform]: [{ ...blind, capability: 'read', state: 'down' }, ...ill.truth] },
  };
};

export const totalLoss = (dice: Dice): Trouble => {
  const long = spanOf(dice, 'long', { day: 0, least: 60, most: 720 });
  const short = spanOf(dice, 'short', { day: 1, least: 3, most: 30 });
  return { days: 2, ...on({ [dice.pick('platform', PLATFORMS)]: joined(lossOf(long), lossOf(short)) }) };
};
