import { DAY_MS, HOUR_MS } from '../../../kernel/durations.js';
import { storable } from '../../../kernel/storable.js';
import { MAX_SUMMARY, type RadarAlert, type RadarJudgement, type RadarPoint } from './radar-watch.js';
import { medianOf, robustSpread } from './robust.js';

/** How long places are remembered as usual. */
const USUAL_WITHIN_MS = 7 * DAY_MS;
const LEAST_POINTS = 6;
const LEAST_SPAN_MS = 3 * HOUR_MS;
/** A jump halves or doubles the place, by at least so many places, and is no usual straying. */
const FACTOR = 2;
const LEAST_PLACES = 5;
const SPREADS = 3;
/** After so long a new place is no news any more. */
const NEWS_FOR_MS = 2 * DAY_MS;

export interface RankSeries {
  /** What it is called, for the sentence. */
  readonly app: string;
  readonly country: string;
  /** How many places the chart has; an app that is not in it counts as one place behind the last. */
  readonly depth: number;
  /** Oldest first; the last one is judged against those before it. */
  readonly points: readonly RadarPoint[];
}

/**
 * Whether an app jumped in its chart, up (people move there) or down.
 * @param open the alert that still stands; it ends when the app is back half of the way (in factors), or after two days
 */
export const judgeRank = ({ app, country, depth, points }: RankSeries, open?: RadarAlert): RadarJudgement => {
  const last = points.at(-1);
  if (!last) return { kind: 'none' };
  const placeOf = ({ value }: RadarPoint) => value ?? depth + 1;
  const place = placeOf(last);
  if (open) return { kind: isOver(open, place, last.at) ? 'calm' : 'uneasy' };
  const earlier = points.slice(0, -1).filter(({ at }) => last.at.getTime() - at.getTime() <= USUAL_WITHIN_MS);
  const first = earlier[0];
  if (!first || earlier.length < LEAST_POINTS || last.at.getTime() - first.at.getTime() < LEAST_SPAN_MS)
    return { kind: 'none' };
  const places = earlier.map(placeOf);
  const usual = medianOf(places);
  const distance = Math.abs(place - usual);
  const factor = Math.max(place, usual) / Math.min(place, usual);
  const least = Math.max(LEAST_PLACES, SPREADS * robustSpread(places));
  if (factor < FACTOR || distance < least) return { kind: 'calm' };
  const threshold = place < usual ? Math.min(usual / FACTOR, usual - least) : Math.max(usual * FACTOR, usual + least);
  const word = (rank: number) => (rank > depth ? `below ${depth}` : String(Math.round(rank)));
  const verb = place < usual ? 'rose' : 'fell';
  const summary = `${app} ${verb} from rank ${word(usual)} to ${word(place)} in the App Store of ${country}.`;
  return {
    kind: 'alarm',
    alarm: { summary: storable(summary, MAX_SUMMARY), value: place, baseline: usual, threshold },
  };
};

const isOver = ({ baseline, value, openedAt }: RadarAlert, place: number, now: Date): boolean => {
  const jumped = Math.abs(Math.log(value / baseline));
  const away = Math.abs(Math.log(place / baseline));
  return away <= jumped / 2 || now.getTime() - openedAt.getTime() >= NEWS_FOR_MS;
};
