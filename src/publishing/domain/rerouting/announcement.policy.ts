import { DAY_MS, MINUTE_MS, plusMs } from '../../../kernel/durations.js';
import type { CommitOutcome } from '../../../platforms/domain/publish-outcome.js';
import { detailOf } from '../firing/outcome.policy.js';

/**
 * What became of one message. `unknown`: the call was begun and nobody knows its end, so it is never sent again;
 * `expired`: no link to show, or no way to the account, within a day.
 */
export type AnnouncementState = 'planned' | 'intended' | 'sent' | 'refused' | 'unknown' | 'expired';

/** One live copy as readers are told of it. */
export interface LiveLink {
  readonly platformName: string;
  readonly permalink: string;
}

/** What an announcement's row says next. */
export interface AnnouncementStep {
  readonly state: AnnouncementState;
  readonly nextAt?: Date;
  readonly messageId?: string;
  readonly permalink?: string;
  readonly detail?: string;
}

/** Below Discord's 2,000 and Telegram's 4,096 characters (`platforms.md` 6.1, 6.2), with room for the links. */
const LONGEST_QUOTE = 200;
/** After it nobody wants to read where a post went. */
export const ANNOUNCE_FOR_MS = DAY_MS;
/** A call that was begun so long ago has no outcome any more. */
export const CALL_LOST_MS = 5 * MINUTE_MS;
const RETRY_MS = MINUTE_MS;

/** The message: what the post is, and where it is live. @param links at least one */
export const announcementOf = (caption: string, links: readonly LiveLink[]): string => {
  const [first = ''] = caption.trim().split('\n');
  const characters = [...first];
  const quote = characters.length > LONGEST_QUOTE ? `${characters.slice(0, LONGEST_QUOTE - 1).join('')}…` : first;
  const where = links.map(({ platformName, permalink }) => `${platformName}: ${permalink}`);
  return [quote === '' ? 'Our new video is here:' : `“${quote}” is here:`, ...where].join('\n');
};

/** After the call. What certainly did not go out is tried again until `until`; a doubt never is. */
export const settleAnnouncement = (outcome: CommitOutcome, until: Date, now: Date): AnnouncementStep => {
  switch (outcome.kind) {
    case 'published':
    case 'processing':
      return {
        state: 'sent',
        ...(outcome.platformPostId === undefined ? {} : { messageId: outcome.platformPostId }),
        ...(outcome.kind === 'published' && outcome.permalink !== undefined ? { permalink: outcome.permalink } : {}),
      };
    case 'rejected':
      return { state: 'refused', detail: detailOf(outcome) };
    case 'unknown':
      return { state: 'unknown', detail: detailOf(outcome) };
    case 'throttled':
      return again(outcome.retryAt, until, detailOf(outcome));
    case 'unauthorised':
    case 'unavailable':
      return again(plusMs(now, RETRY_MS), until, detailOf(outcome));
  }
};

const again = (nextAt: Date, until: Date, detail: string): AnnouncementStep =>
  nextAt > until ? { state: 'expired', detail } : { state: 'planned', nextAt, detail };
