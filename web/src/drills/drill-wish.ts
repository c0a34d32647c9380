import type { CreateDrillDto } from '../api/generated/types.gen.ts';
import type { PlatformName } from '../ui/platforms.ts';

const HOUR = 3_600;

/** A drill as the form shows it. */
export interface DrillWish {
  readonly kind: CreateDrillDto['kind'];
  readonly platform: PlatformName;
  /** Empty: every region. */
  readonly region: string;
  readonly when: 'now' | 'once' | 'weekly';
  /** Of a clock in the workspace's zone, `YYYY-MM-DDTHH:mm`. */
  readonly at: string;
  readonly dayOfWeek: string;
  readonly time: string;
  /** Hours; empty: as long as is usual for the kind. */
  readonly hours: number | string;
}

export const NEW_DRILL: DrillWish = {
  kind: 'dry_run',
  platform: 'tiktok',
  region: '',
  when: 'now',
  at: '',
  dayOfWeek: '1',
  time: '09:00',
  hours: '',
};

/** How long an outage of each kind is taken to last when nobody says, and at most, in hours: as the API has it. */
export const DRILL_HOURS: Readonly<Record<DrillWish['kind'], { readonly usual: number; readonly most: number }>> = {
  dry_run: { usual: 24, most: 168 },
  sandbox: { usual: 1, most: 4 },
};

/** @param startsAt the instant that `at` means; undefined while it is none */
export const toDrill = (wish: DrillWish, zone: string, startsAt: string | undefined): CreateDrillDto => ({
  kind: wish.kind,
  platform: wish.platform,
  ...(wish.region === '' ? {} : { region: wish.region }),
  ...(wish.when === 'once' && startsAt !== undefined ? { startsAt } : {}),
  ...(wish.when === 'weekly' ? { schedule: { dayOfWeek: Number(wish.dayOfWeek), time: wish.time, zone } } : {}),
  ...(wish.hours === '' ? {} : { durationSeconds: Math.round(Number(wish.hours) * HOUR) }),
});
