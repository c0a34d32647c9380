import { DomainError } from '../../../kernel/domain-error.js';
import { minuteOfDay, type QuietHours } from './quiet-hours.js';

/** Whether a notice that is due goes out by itself. */
export const SENDING_MODES = ['automatic', 'approval'] as const;
export type SendingMode = (typeof SENDING_MODES)[number];

/**
 * - `automatic`: by itself when its blackout went out by itself; else a person sends it
 * - `approval`: a person sends it
 * - `never`: it is not even drafted
 */
export const ALL_CLEAR_MODES = ['automatic', 'approval', 'never'] as const;
export type AllClearMode = (typeof ALL_CLEAR_MODES)[number];

/** How a workspace tells its list of outages. The route says when (`broadcastAfterSeconds`), this says how. */
export interface NoticePolicy {
  readonly sending: SendingMode;
  /** A post that has no fallback makes the notice due at once, where the route lets it go at all. */
  readonly atOnceWithoutFallback: boolean;
  readonly allClear: AllClearMode;
  /** Blackout notices that start by themselves within 24 hours; the next ones wait for a person. 1 to 20. */
  readonly maxPerDay: number;
  /** By each reader's own clocks; left out: mail may come at any hour. */
  readonly quietHours?: QuietHours;
}

/** A policy and its version; 0: the workspace never set one. */
export interface StoredNoticePolicy extends NoticePolicy {
  readonly version: number;
}

export const DEFAULT_NOTICE_POLICY: StoredNoticePolicy = {
  sending: 'automatic',
  atOnceWithoutFallback: true,
  allClear: 'automatic',
  maxPerDay: 3,
  version: 0,
};

/** @throws DomainError `notice_policy.bad_quiet_hours` when they cannot be read or would be quiet all day */
export const assertQuietHours = (field: string, { from, until }: QuietHours): void => {
  const isReadable = minuteOfDay(from) !== undefined && minuteOfDay(until) !== undefined;
  if (isReadable && from !== until) return;
  const message = isReadable
    ? `${field}.from and ${field}.until are the same: nobody could ever be written to. Leave ${field} out instead.`
    : `${field}.from and ${field}.until must be times like 22:00.`;
  throw new DomainError('invalid', 'notice_policy.bad_quiet_hours', message, {}, [
    { field, rule: 'quiet_hours', message },
  ]);
};
