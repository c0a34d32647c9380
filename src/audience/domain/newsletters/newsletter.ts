import { DomainError } from '../../../kernel/domain-error.js';
import { MINUTE_MS } from '../../../kernel/durations.js';
import type { WorkspaceId } from '../../../kernel/ids.js';

/** A newsletter program that a workspace runs itself: listmonk 3 or newer. */
export interface Newsletter {
  readonly workspaceId: WorkspaceId;
  /** Its address, without a trailing slash. */
  readonly url: string;
  /** An API user of it, with the rights `campaigns:get`, `campaigns:manage` and `lists:get_all`. */
  readonly username: string;
  /** Lists that campaigns go to. */
  readonly listIds: readonly number[];
  readonly version: number;
}

/** The same with what opens it; never leaves the server. */
export interface OpenNewsletter extends Newsletter {
  readonly token: string;
}

/** What a person sets; a token that is left out stays. */
export type NewsletterInput = Pick<Newsletter, 'url' | 'username' | 'listIds'> & { readonly token?: string };

/** Longer than a look and a call together take: a hand-over that nobody heard of for so long died on the way. */
export const HAND_OVER_MS = 2 * MINUTE_MS;

/**
 * What is known as a broadcast is to be handed over:
 * - `first`: nobody tried yet
 * - `again`: somebody did, and only a look at the other side tells what came of it
 * - `under_way`: somebody is at it right now
 * - a number: the campaign it became
 */
export type HandOverIntent = 'first' | 'again' | 'under_way' | number;

/** What became of handing a broadcast over. */
export interface NewsletterHandOff {
  readonly state: 'intended' | 'created' | 'refused';
  readonly campaignId: number | null;
  readonly reply: string | null;
}

export const noNewsletter = () =>
  new DomainError('not_found', 'newsletter.not_found', 'No listmonk is connected. Set one with PUT /v1/newsletter.');

export const newsletterRefused = (reply: string) =>
  new DomainError(
    'conflict',
    'newsletter.refused',
    `listmonk refused it: ${reply} Mend that, then hand it over again.`,
  );

export const newsletterAway = (detail: string) =>
  new DomainError('unavailable', 'newsletter.unreachable', `listmonk could not be asked: ${detail} Try again later.`);

export const newsletterUnclear = (detail: string) =>
  new DomainError(
    'unavailable',
    'newsletter.unclear',
    `listmonk may have taken it: ${detail} Hand it over again: it is looked for first, and made only if it is not there.`,
  );

export const handOverUnderWay = () =>
  new DomainError(
    'conflict',
    'newsletter.under_way',
    'This broadcast is being handed over right now. Look at listmonk, or hand it over again in two minutes.',
  );

export const tokenMissing = () => {
  const message = 'token must be given when listmonk is connected for the first time or moves to another address';
  return new DomainError('invalid', 'newsletter.token_missing', `${message}.`, {}, [
    { field: 'token', rule: 'required', message },
  ]);
};
