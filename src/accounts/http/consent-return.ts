import type { Response } from 'express';
import { SECOND_MS } from '../../kernel/durations.js';
import type { PlatformName } from '../../platforms/domain/platform-name.js';

/** Why nothing was connected. */
export interface ConsentRefusal {
  /** Of the answer, where a page of the server tells it. */
  readonly status: number;
  readonly code: string;
  readonly text: string;
}

/** What the dashboard tells of a consent that ended. */
export interface ConsentNews {
  readonly platform: PlatformName;
  readonly refusal: ConsentRefusal | undefined;
  /** Limits the platform puts on the new accounts, as sentences. */
  readonly notices: readonly string[];
}

/** Read and thrown away by the page that it is for: `web/src/accounts/consent-news.ts`. */
const COOKIE = 'consent_news';
const READ_WITHIN_MS = 60 * SECOND_MS;
const MOST_LETTERS = 400;
const MOST_NOTICES = 3;

/**
 * Sends the browser back to the page it left from. What became of it travels in a cookie that only we can set: in the
 * address, anybody could put words into our mouth.
 *
 * @param backTo checked when the consent began (`assertOwnUrl`); stays a whole address, so that no path of it can lead away
 */
export const leadBack = (response: Response, backTo: string, { platform, refusal, notices }: ConsentNews): void => {
  const url = new URL(backTo);
  url.searchParams.set('consent', refusal ? 'refused' : 'connected');
  url.searchParams.set('platform', platform);
  const news = {
    platform,
    ...(refusal ? { code: refusal.code, text: refusal.text.slice(0, MOST_LETTERS) } : {}),
    notices: notices.slice(0, MOST_NOTICES).map((notice) => notice.slice(0, MOST_LETTERS)),
  };
  response.cookie(COOKIE, Buffer.from(JSON.stringify(news)).toString('base64url'), {
    sameSite: 'lax',
    secure: url.protocol === 'https:',
    path: url.pathname,
    maxAge: READ_WITHIN_MS,
  });
  response.redirect(303, url.href);
};
