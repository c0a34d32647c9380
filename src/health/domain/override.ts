import { DomainError } from '../../kernel/domain-error.js';
import { HOUR_MS, plusMs, SECOND_MS } from '../../kernel/durations.js';
import type { PlatformName } from '../../platforms/domain/platform-name.js';

export const OVERRIDE_STATES = ['healthy', 'degraded', 'down'] as const;
export type OverrideState = (typeof OVERRIDE_STATES)[number];
export const OVERRIDE_SCOPES = ['workspace', 'instance'] as const;
export type OverrideScope = (typeof OVERRIDE_SCOPES)[number];

/** A person's word against the measurement, for a while. */
export interface Override {
  readonly id: string;
  readonly scope: OverrideScope;
  /** Whose; absent for the whole instance. */
  readonly workspaceId?: string;
  readonly platform: PlatformName;
  /** Absent: every region. */
  readonly region?: string;
  readonly state: OverrideState;
  readonly reason: string;
  readonly author: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

/** Default and longest life of an override (`resilience.md` A4). Real time: a person set it. */
export const OVERRIDE_DEFAULT_MS = 4 * HOUR_MS;
export const OVERRIDE_MAX_MS = 24 * HOUR_MS;

/**
 * When an override ends.
 * @throws DomainError `override.expiry_twice`, `override.expiry_out_of_range`
 */
export const expiryOf = (
  asked: { readonly expiresAt?: Date | undefined; readonly forSeconds?: number | undefined },
  now: Date,
): Date => {
  if (asked.expiresAt !== undefined && asked.forSeconds !== undefined)
    throw new DomainError('invalid', 'override.expiry_twice', 'Send expiresAt or forSeconds, not both.');
  const byLength = asked.forSeconds === undefined ? OVERRIDE_DEFAULT_MS : asked.forSeconds * SECOND_MS;
  const expiresAt = asked.expiresAt ?? plusMs(now, byLength);
  if (expiresAt > now && expiresAt <= plusMs(now, OVERRIDE_MAX_MS)) return expiresAt;
  throw new DomainError(
    'invalid',
    'override.expiry_out_of_range',
    'An override must end in the future and within 24 hours. Renew it if you need it longer.',
  );
};

/** The override that holds for a workspace: its own before the instance's, one region before all, newest first. */
export const overrideFor = (
  overrides: readonly Override[],
  place: { readonly platform: string; readonly region: string; readonly workspaceId?: string | undefined },
  now: Date,
): Override | undefined =>
  overrides
    .filter(
      ({ platform, region, workspaceId, expiresAt }) =>
        platform === place.platform &&
        (region === undefined || region === place.region) &&
        (workspaceId === undefined || workspaceId === place.workspaceId) &&
        expiresAt > now,
    )
    .toSorted((a, b) => rankOf(b) - rankOf(a) || b.createdAt.getTime() - a.createdAt.getTime())[0];

const rankOf = ({ workspaceId, region }: Override): number =>
  (workspaceId === undefined ? 0 : 2) + (region === undefined ? 0 : 1);
