import { DAY_MS } from '../../../kernel/durations.js';
import { isTimeZone } from '../../../workspaces/domain/workspace.js';
import { assertNoFindings, type Finding, finding, type Warning } from '../finding.js';
import { parseWallTime, type WallTime } from '../wall-time.js';
import { occurrenceNamed, occurrencesOf } from './occurrences.js';
import { parseRule } from './parse-rule.js';
import { FIRST_WALL, LATEST_WALL, type Recurrence } from './recurrence.js';

/** Most EXDATE, and most RDATE. */
export const MAX_DATES = 1_000;
/** A rule shows itself within so long: 29 February on one weekday comes every 28 years, 40 over 2100. */
const SEARCH_MS = 41 * 366 * DAY_MS;
const WALL_EXAMPLE = '2026-12-01T18:30';

/** A recurrence as asked for. */
export interface RecurrenceRequest {
  readonly rule: string;
  /** Local time in `timezone`, as are `exdates` and `rdates`. */
  readonly start: string;
  readonly timezone: string;
  readonly exdates: readonly string[];
  readonly rdates: readonly string[];
}

/** A recurrence, or everything that is wrong with it. */
export interface CheckedRecurrence {
  readonly recurrence?: Recurrence;
  readonly findings: readonly Finding[];
  readonly warnings: readonly Warning[];
}

/** Reads and judges what was asked for. Pure; nothing depends on the present. */
export const checkRecurrence = (request: RecurrenceRequest): CheckedRecurrence => {
  const parsed = parseRule(request.rule);
  const start = readStart(request.start);
  const exdates = readDates('exdates', request.exdates);
  const rdates = readDates('rdates', request.rdates);
  const findings = [
    ...parsed.findings,
    ...(typeof start === 'number' ? [] : [start]),
    ...(isTimeZone(request.timezone) ? [] : [unknownZone()]),
    ...exdates.findings,
    ...rdates.findings,
  ];
  if (findings.length > 0 || !parsed.rule || typeof start !== 'number') return { findings, warnings: [] };
  const { timezone: zone } = request;
  const recurrence = { rule: parsed.rule, start, zone, exdates: exdates.walls, rdates: rdates.walls };
  const never = neverRuns(recurrence);
  return never
    ? { findings: [never], warnings: [] }
    : { recurrence, findings: [], warnings: oddities(recurrence, request) };
};

/** @throws DomainError with the first finding's code and every finding's place */
export const acceptedRecurrence = ({ recurrence, findings }: CheckedRecurrence, more: readonly Finding[] = []) => {
  assertNoFindings([...findings, ...more]);
  if (!recurrence) throw new Error('A recurrence that is not there has findings.');
  return recurrence;
};

const unknownZone = () =>
  finding('schedule.unknown_zone', 'timezone', 'This is no IANA time zone. Send one like Europe/Paris or UTC.');

const readStart = (text: string): WallTime | Finding => {
  const start = parseWallTime(text);
  if (start === undefined)
    return finding('schedule.bad_time', 'start', `This is no local time that exists. Send one like ${WALL_EXAMPLE}.`);
  if (start >= FIRST_WALL && start < LATEST_WALL) return start;
  return finding('recurrence.bad_start', 'start', 'A recurrence starts between 1975 and 2199. Send a nearer start.');
};

const readDates = (
  field: string,
  texts: readonly string[],
): { readonly walls: readonly WallTime[]; readonly findings: readonly Finding[] } => {
  if (texts.length > MAX_DATES) {
    const numbers = { limit: MAX_DATES, actual: texts.length };
    const message = `At most ${MAX_DATES} ${field}; this has ${texts.length}. Change the rule instead.`;
    return { walls: [], findings: [finding('recurrence.too_many_dates', field, message, numbers)] };
  }
  const walls = texts.map(parseWallTime);
  const findings = walls.flatMap((wall, index) => {
    const place = `${field}.${index}`;
    if (wall === undefined) {
      const message = `This is no local time that exists. Send one like ${WALL_EXAMPLE}.`;
      return [finding('schedule.bad_time', place, message)];
    }
    if (wall >= FIRST_WALL && wall < LATEST_WALL) return [];
    return [finding('recurrence.bad_start', place, 'Dates lie between 1975 and 2199. Send a nearer one.')];
  });
  const known = walls.filter((wall) => wall !== undefined);
  return { walls: [...new Set(known)].sort((a, b) => a - b), findings };
};

/** A rule that cannot be walked through, ends before it begins, or gives nothing for a lifetime. */
const neverRuns = (recurrence: Recurrence): Finding | undefined => {
  const { rule, start, rdates } = recurrence;
  const earliest = Math.min(start, ...rdates);
  const span = { from: new Date(earliest - DAY_MS), until: new Date(earliest + SEARCH_MS) };
  try {
    if (occurrencesOf(recurrence, [], span, 1).length > 0) return undefined;
  } catch {
    const message = 'This rule takes too long to follow. Use fewer BY parts or a larger unit.';
    return finding('recurrence.too_complex', 'rule', message);
  }
  if (rule.until && rule.until.at < start - DAY_MS)
    return finding('recurrence.ends_before_start', 'rule', 'UNTIL lies before start. Send a later UNTIL.');
  const message = 'This never runs: no date fits the rule, or every one is excluded. Change the rule or exdates.';
  return finding('recurrence.never', 'rule', message);
};

/** What is allowed and may still surprise. */
const oddities = (recurrence: Recurrence, { exdates }: RecurrenceRequest): Warning[] => {
  const whole = { ...recurrence, exdates: [] };
  const isThere = (wall: WallTime) => occurrenceNamed(whole, [], wall) !== undefined;
  const unused = exdates.flatMap((text, index) => {
    if (isThere(parseWallTime(text) ?? 0)) return [];
    const message = 'The recurrence has no run at this time, so there is none to leave out.';
    return [{ field: `exdates.${index}`, code: 'recurrence.exdate_unused', message }];
  });
  if (isThere(recurrence.start)) return unused;
  const message = 'The rule has no run at its start; the first comes later. Add the start to rdates to run then too.';
  return [{ field: 'start', code: 'recurrence.start_outside_rule', message }, ...unused];
};
