import { DAY_MS, HOUR_MS } from '../../../kernel/durations.js';
import { storable } from '../../../kernel/storable.js';
import { hourOf } from './hour-cover.js';
import { MAX_SUMMARY, type RadarJudgement, type RadarPoint } from './radar-watch.js';
import { medianOf, robustSpread } from './robust.js';

/** An hour heard for less than half says nothing about what is usual. */
const LEAST_COVERED_SECONDS = 1_800;
const HOUR_SECONDS = 3_600;
/** The same hour of so many earlier days. */
const SAME_HOUR_WITHIN_MS = 28 * DAY_MS;
const LEAST_SAME_HOURS = 3;
/** Before that, any hours of the last week. */
const ANY_HOUR_WITHIN_MS = 7 * DAY_MS;
const LEAST_ANY_HOURS = 12;
/** Spreads above the usual; a Poisson count is this far off once in about three million hours. */
const ALARM_SPREADS = 5;
const CALM_SPREADS = 2;
/** Fewer people than this are no crowd, whatever the history. */
const LEAST_MENTIONS = 10;

/** The usual number of an hour and how far it strays. */
export interface UsualHour {
  readonly median: number;
  readonly spread: number;
}

/**
 * What is usual in this hour: the same hour of the day in the last 28 days, as long as that is known three times, else
 * any hour of the last week. Median and MAD, so that a day of trouble does not become usual; the spread is never below
 * that of Poisson counts. Undefined while too little has been heard.
 */
export const usualHour = (history: readonly RadarPoint[], hourAt: Date): UsualHour | undefined => {
  const heard = history.filter(({ at, coveredSeconds }) => at < hourAt && coveredSeconds >= LEAST_COVERED_SECONDS);
  const same = heard.filter(
    ({ at }) => at.getUTCHours() === hourAt.getUTCHours() && hourAt.getTime() - at.getTime() <= SAME_HOUR_WITHIN_MS,
  );
  const any = heard.filter(({ at }) => hourAt.getTime() - at.getTime() <= ANY_HOUR_WITHIN_MS);
  const used = same.length >= LEAST_SAME_HOURS ? same : any.length >= LEAST_ANY_HOURS ? any : undefined;
  if (!used) return undefined;
  const rates = used.map(({ value, coveredSeconds }) => ((value ?? 0) * HOUR_SECONDS) / coveredSeconds);
  const median = medianOf(rates);
  return { median, spread: Math.max(Math.sqrt(Math.max(median, 1)), robustSpread(rates)) };
};

/**
 * Whether people complain more than usual: in the running hour, or in the one before while this one is young. A running
 * hour is held against the whole usual one, so it can only be too quiet.
 * @param what for the sentence: "TikTok is down"
 */
export const judgeMentions = (what: string, points: readonly RadarPoint[], now: Date): RadarJudgement => {
  const hourAt = hourOf(now.getTime());
  const countAt = (at: Date) => points.find((point) => point.at.getTime() === at.getTime())?.value ?? 0;
  const usual = usualHour(points, hourAt);
  if (!usual) return { kind: 'none' };
  const { median, spread } = usual;
  const value = Math.max(countAt(hourAt), countAt(new Date(hourAt.getTime() - HOUR_MS)));
  const threshold = Math.max(LEAST_MENTIONS, Math.ceil(median + ALARM_SPREADS * spread));
  if (value >= threshold) {
    const often = `${value} posts within an hour say "${what}"`;
    const summary = `${often}; ${Math.round(median)} are usual at this time, ${threshold} raise an alert.`;
    return { kind: 'alarm', alarm: { summary: storable(summary, MAX_SUMMARY), value, baseline: median, threshold } };
  }
  return { kind: value <= Math.max(LEAST_MENTIONS / 2, median + CALM_SPREADS * spread) ? 'calm' : 'uneasy' };
};
