import { SECOND_MS } from '../../kernel/durations.js';
import type { PlatformName } from '../../platforms/domain/platform-name.js';
import type { Route } from '../../routing/domain/route.js';
import { isTimeZone } from '../../workspaces/domain/workspace.js';
import { type Finding, finding, type Warning } from './finding.js';
import { clockChangeOf, parseInstant, parseWallTime, resolveWallTime } from './wall-time.js';
import type { WayOut } from './ways-out.js';

/** Most accounts one run may go to. */
export const MAX_TARGETS = 50;

/** A time may lie this far back and still mean "now": clocks differ and requests take time. */
const PAST_GRACE_MS = 60 * SECOND_MS;

/** One account of a run as asked. */
export interface TargetRequest {
  readonly accountId: string;
  /** ISO instant, or wall time `YYYY-MM-DDTHH:mm[:ss]` in the request's zone; the request's own time when left out. */
  readonly scheduledAt?: string;
  readonly caption?: string;
  readonly title?: string;
  readonly options?: Readonly<Record<string, unknown>>;
  readonly spreadSeconds?: number;
}

/** When and where a post is to run. */
export interface ScheduleRequest {
  readonly publishNow?: boolean;
  readonly scheduledAt?: string;
  /** IANA name; the workspace's zone when left out. */
  readonly timezone?: string;
  readonly targets: readonly TargetRequest[];
}

/** One account of a run with its instant. */
export interface PlannedTarget extends Omit<TargetRequest, 'scheduledAt'> {
  readonly scheduledAt: Date;
  readonly zone: string;
}

export interface SchedulePlan {
  /** Only those that could be planned; each at the place it has in the request. */
  readonly targets: readonly PlannedTarget[];
  readonly findings: readonly Finding[];
  readonly warnings: readonly Warning[];
}

/** A plan whose accounts exist. */
export interface ReviewedSchedule extends Omit<SchedulePlan, 'targets'> {
  readonly targets: readonly (PlannedTarget & { readonly platform: PlatformName })[];
  /** The routes that were read, by account; absent: none were. */
  readonly routes?: ReadonlyMap<string, Route>;
  /** Of the targets whose accounts are known, where there is a video to judge; absent: nobody asked. */
  readonly waysOut?: readonly WayOut[];
}

/** What the plan is made against. */
export interface PlanFacts {
  readonly now: Date;
  /** The workspace's zone. */
  readonly defaultZone: string;
}

/** Turns wishes into instants and names everything that cannot be. */
export const planSchedule = (request: ScheduleRequest, facts: PlanFacts): SchedulePlan => {
  const zone = request.timezone ?? facts.defaultZone;
  const whole = wholeFindings(request);
  if (!isTimeZone(zone)) whole.push(unknownZone());
  if (whole.length > 0) return { targets: [], findings: whole, warnings: [] };
  const times = request.targets.map((target, index) => timeOf(request, target, { index, zone, now: facts.now }));
  return {
    targets: request.targets.flatMap(({ scheduledAt: _, ...target }, index) => {
      const at = times[index]?.at;
      return at ? [{ ...target, scheduledAt: at, zone }] : [];
    }),
    findings: [...duplicates(request.targets), ...times.flatMap((time) => time.findings)],
    warnings: times.flatMap((time) => time.warnings),
  };
};

/** What is wrong with the request as a whole. */
const wholeFindings = ({ publishNow, scheduledAt, targets }: ScheduleRequest): Finding[] => {
  const findings: Finding[] = [];
  if (publishNow && [scheduledAt, ...targets.map((target) => target.scheduledAt)].some((time) => time !== undefined))
    findings.push(finding('schedule.now_or_later', 'publishNow', 'Send either publishNow or scheduledAt, not both.'));
  if (targets.length === 0 && (publishNow || scheduledAt !== undefined))
    findings.push(
      finding(
        'schedule.no_targets',
        'targets',
        'Say where to publish: send targets, or leave the time out for a draft.',
      ),
    );
  if (targets.length > MAX_TARGETS) {
    const numbers = { limit: MAX_TARGETS, actual: targets.length };
    const message = `At most ${MAX_TARGETS} targets at once; this has ${targets.length}. Send several runs.`;
    findings.push(finding('schedule.too_many_targets', 'targets', message, numbers));
  }
  return findings;
};

const unknownZone = () =>
  finding('schedule.unknown_zone', 'timezone', 'This is no IANA time zone. Send one like Europe/Paris or UTC.');

/** An account carries an occurrence once. */
const duplicates = (targets: readonly TargetRequest[]): Finding[] => {
  const message = 'This account is listed twice. One run goes to an account once; start another run for a second time.';
  const seen = new Set<string>();
  return targets.flatMap(({ accountId }, index) => {
    if (seen.has(accountId)) return [finding('schedule.duplicate_target', `targets.${index}.accountId`, message)];
    seen.add(accountId);
    return [];
  });
};

interface TargetTime {
  readonly at?: Date;
  readonly findings: readonly Finding[];
  readonly warnings: readonly Warning[];
}

const refused = (code: string, field: string, message: string): TargetTime => ({
  findings: [finding(code, field, message)],
  warnings: [],
});

const timeOf = (
  request: ScheduleRequest,
  target: TargetRequest,
  { index, zone, now }: { index: number; zone: string; now: Date },
): TargetTime => {
  if (request.publishNow) return { at: now, findings: [], warnings: [] };
  const text = target.scheduledAt ?? request.scheduledAt;
  const field = target.scheduledAt === undefined && text !== undefined ? 'scheduledAt' : `targets.${index}.scheduledAt`;
  if (text === undefined)
    return refused('schedule.no_time', field, 'Say when: send scheduledAt, or publishNow for at once.');
  const { at, warnings } = readTime(text, zone, field);
  if (!at)
    return refused(
      'schedule.bad_time',
      field,
      'This is no time that exists. Send an instant like 2026-11-21T10:00:00Z or a local time like 2026-11-21T10:00.',
    );
  if (at.getTime() < now.getTime() - PAST_GRACE_MS)
    return refused('schedule.in_past', field, 'This time has passed. Send a later one, or publishNow.');
  return { at, findings: [], warnings };
};

const readTime = (text: string, zone: string, field: string): { at?: Date; warnings: readonly Warning[] } => {
  const instant = parseInstant(text);
  if (instant) return { at: instant, warnings: [] };
  const wall = parseWallTime(text);
  if (wall === undefined) return { warnings: [] };
  const time = resolveWallTime(wall, zone);
  const message = clockChangeOf(time, zone);
  const warnings = message === undefined ? [] : [{ field, code: `schedule.${time.found}`, message }];
  return { at: time.at, warnings };
};
