import { HOUR_MS } from '../../../kernel/durations.js';
import { escapeHtml } from '../../../kernel/escape-html.js';
import type { RadarKind, RadarPoint } from './radar-watch.js';

/** A series as it is drawn. */
export interface ChartedSeries {
  readonly title: string;
  readonly kind: RadarKind;
  /** Oldest first. */
  readonly points: readonly RadarPoint[];
  readonly from: Date;
  readonly to: Date;
  /** app_rank: how many places the chart has. */
  readonly depth: number;
  /** Lines across the picture: what is usual, and from where on it is an alert. */
  readonly levels: readonly { readonly name: string; readonly value: number }[];
}

const WIDTH = 720;
const HEIGHT = 240;
const PLOT = { left: 52, right: 704, top: 40, bottom: 208 };
/** Less of an hour listened to than this is drawn pale: it counts too little. */
const WELL_HEARD_SECONDS = 1_800;

/** The series as a picture: ranks as a line, the first place on top; mentions as a bar for each hour. */
export const radarChart = (series: ChartedSeries): string => {
  const y = scaleOf(series);
  const marks = series.kind === 'app_rank' ? rankMarks(series, y) : hourMarks(series, y);
  const empty = series.points.length === 0 ? text(PLOT.left + 8, HEIGHT / 2, 'Nothing was seen in this span yet.') : '';
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" font-family="system-ui,sans-serif" font-size="12" fill="#222">
<title>${escapeHtml(series.title)}</title>
<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>
${text(PLOT.left, 22, series.title, 'font-size="15" font-weight="600"')}
${across(PLOT.bottom, '#888')}
${labelsOf(series, y)}${series.levels.map((level) => levelMarks(level, y)).join('')}${marks}${empty}
</svg>
`;
};

type Scale = (value: number) => number;

const worstPlace = ({ depth }: ChartedSeries): number => depth + 1;
const mostOf = ({ points, levels }: ChartedSeries): number =>
  Math.max(1, ...points.map(({ value }) => value ?? 0), ...levels.map(({ value }) => value));

/** Ranks by factors, since a jump from 4 to 2 is as much as one from 40 to 20. */
const scaleOf = (series: ChartedSeries): Scale => {
  const height = PLOT.bottom - PLOT.top;
  if (series.kind === 'mentions') return (value) => PLOT.bottom - (height * value) / mostOf(series);
  const worst = Math.log(worstPlace(series));
  return (value) => PLOT.top + (height * Math.log(Math.max(1, value))) / worst;
};

const xOf = ({ from, to }: ChartedSeries, atMs: number): number => {
  const share = (atMs - from.getTime()) / Math.max(1, to.getTime() - from.getTime());
  return PLOT.left + (PLOT.right - PLOT.left) * Math.min(1, Math.max(0, share));
};

const rankMarks = (series: ChartedSeries, y: Scale): string => {
  const places = series.points.map(({ at, value }) => ({
    x: fixed(xOf(series, at.getTime())),
    y: fixed(y(value ?? worstPlace(series))),
    isListed: value !== null,
  }));
  const path = places.map((place) => `${place.x},${place.y}`).join(' ');
  const dots = places.map((place) => dot(place.x, place.y, place.isListed)).join('');
  return `<polyline fill="none" stroke="#1f5fbf" stroke-width="2" points="${path}"/>\n${dots}`;
};

/** Hollow: not in the chart at all. */
const dot = (x: string, y: string, isListed: boolean): string =>
  `<circle cx="${x}" cy="${y}" r="3" stroke="#1f5fbf" fill="${isListed ? '#1f5fbf' : '#fff'}"/>\n`;

const hourMarks = (series: ChartedSeries, y: Scale): string =>
  series.points
    .map(({ at, value, coveredSeconds }) => {
      const [left, right] = [xOf(series, at.getTime()), xOf(series, at.getTime() + HOUR_MS)];
      const top = y(value ?? 0);
      const fill = coveredSeconds < WELL_HEARD_SECONDS ? '#b9cdea' : '#1f5fbf';
      const size = `width="${fixed(Math.max(1, right - left - 1))}" height="${fixed(PLOT.bottom - top)}"`;
      return `<rect x="${fixed(left)}" y="${fixed(top)}" ${size} fill="${fill}"/>\n`;
    })
    .join('');

const levelMarks = ({ name, value }: ChartedSeries['levels'][number], y: Scale): string => {
  const at = Math.max(PLOT.top, Math.min(PLOT.bottom, y(value)));
  return `${across(at, '#c0392b', 'stroke-dasharray="5 4"')}
${text(PLOT.right, at - 4, `${name} ${Math.round(value)}`, 'text-anchor="end" fill="#c0392b"')}
`;
};

/** Ends of both axes; instants are UTC. */
const labelsOf = (series: ChartedSeries, y: Scale): string => {
  const isRank = series.kind === 'app_rank';
  const [low, high] = isRank ? [worstPlace(series), 1] : [0, mostOf(series)];
  const lowest = isRank ? `>${series.depth}` : '0';
  const side = 'text-anchor="end"';
  return `${text(PLOT.left - 6, y(low) + 4, lowest, side)}
${text(PLOT.left - 6, y(high) + 4, String(Math.round(high)), side)}
${text(PLOT.left, HEIGHT - 12, timeOf(series.from))}
${text(PLOT.right, HEIGHT - 12, timeOf(series.to), side)}
`;
};

const timeOf = (at: Date): string => `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
const fixed = (value: number): string => value.toFixed(1);
const text = (x: number, y: number, words: string, more = ''): string =>
  `<text ${more} x="${fixed(x)}" y="${fixed(y)}">${escapeHtml(words)}</text>`;
const across = (y: number, stroke: string, more = ''): string =>
  `<line ${more} x1="${PLOT.left}" y1="${fixed(y)}" x2="${PLOT.right}" y2="${fixed(y)}" stroke="${stroke}"/>`;
