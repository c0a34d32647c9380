import type { HealthCapability } from '../../health/domain/signal.js';
import type { Incident } from '../../health/domain/incident.js';
import type { PlatformState } from '../../health/domain/health-state.js';
import type { PlatformName } from '../../platforms/domain/platform-name.js';
import type { OpenQuestion } from '../../publishing/domain/targets/open-question.js';
import type { TargetStatus } from '../../publishing/domain/targets/target-status.js';

/** First rows of each list; the rest is behind `GET /v1/targets`. */
export const FIRST_ROWS = 10;

/** From which part of a quota on a person should know, 0..1. */
export const NEARLY_USED_RATIO = 0.8;

/** How far ahead slots without a post are looked for, days. */
export const SLOT_DAYS = 7;

/** What a person who opens the page at three in the morning wants to know of targets. */
export const NOW_LISTS = ['due', 'held', 'rerouted', 'unconfirmed', 'needsDecision', 'failedToday'] as const;
export type NowList = (typeof NOW_LISTS)[number];

/** The target that stands for one that was rerouted. */
export interface NowReplacement {
  readonly id: string;
  readonly platform: PlatformName;
  readonly accountName: string;
  readonly status: TargetStatus;
  readonly permalink?: string;
}

/** One row of a list. */
export interface NowTarget {
  readonly id: string;
  readonly postId: string;
  /** At most 140 characters of it. */
  readonly caption: string;
  readonly platform: PlatformName;
  readonly accountId: string;
  readonly accountName: string;
  readonly role: string;
  readonly status: TargetStatus;
  readonly scheduledAt: Date;
  readonly staleAt: Date;
  readonly holdReason?: string;
  readonly holdUntil?: Date;
  readonly nextCheckAt?: Date;
  readonly permalink?: string;
  readonly error?: { readonly category: string; readonly detail: string };
  readonly replacement?: NowReplacement;
  readonly question?: OpenQuestion;
}

export interface NowTargets {
  readonly count: number;
  readonly items: readonly NowTarget[];
}

/** A time of a queue that carries no run. */
export interface OpenSlot {
  readonly queueId: string;
  readonly queueName: string;
  readonly slotId: string;
  readonly at: Date;
  readonly timezone: string;
  /** `YYYY-MM-DDTHH:MM` on the clocks of the queue's zone. */
  readonly localTime: string;
}

/** An account as the page needs it. */
export interface NowAccount {
  readonly id: string;
  readonly name: string;
  readonly platform: PlatformName;
  readonly region: string;
  readonly status: string;
  readonly statusReason: string | null;
}

export interface NowCapability extends Pick<PlatformState, 'state' | 'since' | 'reason'> {
  readonly capability: HealthCapability;
}

/** A platform in one region of the workspace's accounts. */
export interface NowRegion extends PlatformState {
  readonly region: string;
  readonly accounts: number;
  readonly capabilities: readonly NowCapability[];
}

export interface NowPlatform {
  readonly platform: PlatformName;
  readonly displayName: string;
  readonly regions: readonly NowRegion[];
}

/** A quota that is used up to `NEARLY_USED_RATIO` or more, or a cap that the platform reported. */
export interface NowQuota {
  readonly accountId: string | null;
  readonly accountName: string | null;
  readonly platform: PlatformName;
  readonly scope: 'account' | 'app';
  readonly kind: string;
  readonly limit: number;
  readonly used: number;
  readonly resetsAt: Date;
}

/** A broadcast that is on its way, or was stopped on it. */
export interface NowBroadcast {
  readonly id: string;
  readonly kind: string;
  /** Which one a notice is about. */
  readonly platform: PlatformName | null;
  readonly subject: string;
  readonly status: string;
  readonly startedAt: Date | null;
  readonly recipients: number;
  /** Those about whom nothing more will happen. */
  readonly done: number;
  readonly failed: number;
}

/** Everything of the page; what the reader may not see is absent. */
export interface NowBoard extends Readonly<Record<NowList, NowTargets>> {
  readonly at: Date;
  readonly timezone: string;
  readonly openSlots: readonly OpenSlot[];
  readonly platforms?: readonly NowPlatform[];
  readonly incidents?: readonly Incident[];
  readonly reconnect?: readonly NowAccount[];
  readonly quotas?: readonly NowQuota[];
  readonly broadcasts?: readonly NowBroadcast[];
}
