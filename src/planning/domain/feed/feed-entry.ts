import type { PlatformName } from '../../../platforms/domain/platform-name.js';
import { platformTitle } from '../../../platforms/domain/platform-title.js';
import type { TargetStatus } from '../../../publishing/domain/targets/target-status.js';

/** One target as a calendar shows it. */
export interface FeedEntry {
  /** The target's; an entry keeps it for life. */
  readonly id: string;
  readonly platform: PlatformName;
  readonly accountName: string;
  readonly status: TargetStatus;
  /** When it went out, else when it is to go out. */
  readonly at: Date;
  /** What people meant: wall time `YYYY-MM-DD HH:mm` in `zone`. */
  readonly localTime: string;
  readonly zone: string;
  readonly title: string | null;
  readonly caption: string;
  readonly tags: readonly string[];
  readonly permalink: string | null;
  /** Grows with every change of the target. */
  readonly version: number;
  readonly updatedAt: Date;
}

/** How RFC 5545 (section 3.8.1.11) says the state of an event. */
export type EventStatus = 'CONFIRMED' | 'TENTATIVE' | 'CANCELLED';

/** Planned and live are sure; what waits for somebody or something is not; what will not be is cancelled. */
const EVENT_STATUS: Readonly<Record<TargetStatus, EventStatus>> = {
  draft: 'TENTATIVE',
  scheduled: 'CONFIRMED',
  held: 'TENTATIVE',
  publishing: 'CONFIRMED',
  published: 'CONFIRMED',
  unconfirmed: 'TENTATIVE',
  needs_decision: 'TENTATIVE',
  rerouted: 'CANCELLED',
  missed: 'CANCELLED',
  failed: 'CANCELLED',
  cancelled: 'CANCELLED',
};

export const eventStatusOf = (status: TargetStatus): EventStatus => EVENT_STATUS[status];

/** Longest first line of a caption in an event's title, UTF-16 units. */
const MAX_LINE = 80;

/** The beginning of a text, on one line. */
export const firstLine = (text: string): string => {
  const line = text.trim().split(/[\r\n\u2028\u2029]/, 1)[0] ?? '';
  return line.length <= MAX_LINE ? line : `${line.slice(0, MAX_LINE - 1).toWellFormed()}…`;
};

/** Title of an event: state where it is not the usual one, platform, account, what the post is called. */
export const summaryOf = ({ status, platform, accountName, title, caption }: FeedEntry): string => {
  const isUsual = status === 'scheduled' || status === 'published';
  const words = firstLine(title ?? '') || firstLine(caption) || 'Untitled';
  return `${isUsual ? '' : `[${status.replace('_', ' ')}] `}${platformTitle(platform)} · ${accountName}: ${words}`;
};

/** The link to the live copy; undefined for a text that is no web address. */
export const liveLinkOf = ({ permalink }: FeedEntry): string | undefined => {
  const url = permalink === null ? null : URL.parse(permalink);
  return url && ['https:', 'http:'].includes(url.protocol) ? url.href : undefined;
};

/** Body of an event. */
export const descriptionOf = (entry: FeedEntry): string => {
  const link = liveLinkOf(entry);
  return [
    entry.caption,
    `Status: ${entry.status.replace('_', ' ')}`,
    `Planned: ${entry.localTime} ${entry.zone}`,
    ...(link === undefined ? [] : [`Live: ${link}`]),
  ]
    .filter((line) => line !== '')
    .join('\n');
};
