import { DomainError, type Violation } from '../../../kernel/domain-error.js';
import { platformTitle } from '../../../platforms/domain/platform-title.js';
import { DRILL_SPANS, type DrillKind, PLAN_AHEAD_MS } from './drill.js';

const DAY_MS = 86_400_000;

const invalid = (code: string, field: string, message: string, more: Partial<Violation> = {}): DomainError =>
  new DomainError('invalid', code, message, {}, [{ field, rule: field, message, ...more }]);

export const startTwice = (): DomainError =>
  invalid('drill.start_twice', 'schedule', 'Send startsAt for one drill or schedule for a recurring one, not both.');

export const startOutOfRange = (): DomainError =>
  invalid(
    'drill.start_out_of_range',
    'startsAt',
    `startsAt must lie ahead and within ${PLAN_AHEAD_MS / DAY_MS} days. Leave it out to begin at once.`,
  );

export const spanOutOfRange = (kind: DrillKind, actual: number): DomainError => {
  const { min, max } = DRILL_SPANS[kind];
  const message = `A ${kind} drill rehearses an outage of ${min} to ${max} seconds. Send a durationSeconds in between.`;
  return invalid('drill.span_out_of_range', 'durationSeconds', message, { limit: max, actual });
};

export const unknownZone = (zone: string): DomainError =>
  invalid('drill.unknown_zone', 'schedule.zone', `${zone} is no IANA time zone. Send one such as Europe/Berlin.`);

export const tooManyDrills = (limit: number): DomainError =>
  new DomainError(
    'conflict',
    'drill.too_many',
    `${limit} drills of this workspace are planned or running. Wait for one to finish, or cancel one.`,
    { limit },
  );

export const drillOver = (id: string, status: string): DomainError =>
  new DomainError('conflict', 'drill.over', `This drill is ${status} already. There is nothing to cancel.`, {
    id,
    status,
  });

export const noSandbox = (): DomainError =>
  new DomainError(
    'unprocessable',
    'drill.no_sandbox',
    'No sandbox is configured. Start one with `npm run sandbox`, set SANDBOX_URL to the address it prints as control, ' +
      'and restart; or ask for kind dry_run, which needs none.',
  );

export const notPlayable = (platform: string): DomainError =>
  new DomainError(
    'unprocessable',
    'drill.not_playable',
    `No sandbox plays ${platformTitle(platform)}. Choose tiktok, reels, shorts, skylight, discord or telegram, or ask for kind dry_run.`,
    { platform },
  );
