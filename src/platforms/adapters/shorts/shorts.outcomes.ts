import type { z } from 'zod';
import { MINUTE_MS } from '../../../kernel/durations.js';
import type * as outcome from '../../domain/publish-outcome.js';
import {
  evidence,
  type Meaning,
  type Refusal,
  refusalOf,
  staleToken,
  throttledFor,
  unavailable,
  unknown,
} from '../../domain/refusal.js';
import { retryAfterIn } from '../../domain/retry-after.js';
import { readJson } from '../../infrastructure/json-body.js';
import type { PlatformAnswer } from '../../infrastructure/platform-http.js';
import { redactSecrets } from '../../infrastructure/redact-secrets.js';
import { errorBody, oauthError, type Video, video } from './shorts.answers.js';
import { nextPacificMidnight } from './pacific-midnight.js';
import { GOOGLE_OAUTH_ERRORS, QUOTA_REASONS, SHORTS_ERRORS, SHORTS_VIDEO_REASONS } from './shorts.errors.map.js';

/** `rejectionReason` of a video that the channel has already. */
export const DUPLICATE = 'duplicate';

export type Read<T> = { readonly kind: 'ok'; readonly value: T } | Refusal;
export type Response = Extract<PlatformAnswer, { kind: 'response' }>;

/** A call that never got an answer, as a refusal. */
export const silence = (answer: Exclude<PlatformAnswer, Response>): Refusal => ({
  kind: answer.kind === 'not_sent' ? 'unavailable' : 'unknown',
  detail: answer.detail,
});

/** The refusal in an answer: by `errors[0].reason`, then `status`; a bare 401 is a stale token. */
export const refusalIn = (answer: Response, now: Date): Refusal => {
  const error = readJson(answer.text, errorBody)?.error;
  const reasons = [error?.errors?.[0]?.reason, error?.status];
  const known = reasons.find((reason) => reason !== undefined && SHORTS_ERRORS.has(reason));
  const platformCode = known ?? reasons.find((reason) => reason !== undefined);
  const found = evidence({
    httpStatus: answer.status,
    platformCode,
    detail: error?.message && redactSecrets(error.message),
  });
  const isQuota = known !== undefined && QUOTA_REASONS.has(known);
  const retryAt = isQuota ? nextPacificMidnight(now) : retryAfterIn(answer.headers, now);
  const meaning = known === undefined ? bareMeaning(answer, error !== undefined) : SHORTS_ERRORS.get(known);
  return refusalOf(meaning ?? unknown, found, { now, retryAt });
};

/** A JSON answer of a read as its data, or what it means. */
export const readAnswer = <T>(answer: PlatformAnswer, shape: z.ZodType<T>, now: Date): Read<T> => {
  if (answer.kind !== 'response') return silence(answer);
  if (answer.status !== 200) return refusalIn(answer, now);
  const value = readJson(answer.text, shape);
  const found = { httpStatus: answer.status, detail: 'not the documented JSON' };
  return value === undefined ? refusalOf(unknown, found, { now }) : { kind: 'ok', value };
};

/** How far a session is: complete with its video, incomplete from `nextOffset` on, gone, or a refusal. */
export type SessionState =
  | { readonly kind: 'complete'; readonly video: Video; readonly httpStatus: number }
  | { readonly kind: 'incomplete'; readonly nextOffset: number }
  | { readonly kind: 'gone'; readonly httpStatus: number }
  | Refusal;

/** What a PUT to a session shows, bytes or probe alike (`platforms.md` 3.3). */
export const sessionState = (answer: PlatformAnswer, now: Date): SessionState => {
  if (answer.kind !== 'response') return silence(answer);
  switch (answer.status) {
    case 308:
      return { kind: 'incomplete', nextOffset: storedUpTo(answer.headers['range']) };
    case 200:
    case 201: {
      const created = readJson(answer.text, video);
      const found = { httpStatus: answer.status, detail: 'complete, but without a readable video' };
      return created
        ? { kind: 'complete', video: created, httpStatus: answer.status }
        : refusalOf(unknown, found, { now });
    }
    case 404:
    case 410:
      return { kind: 'gone', httpStatus: answer.status };
    default:
      return refusalIn(answer, now);
  }
};

/** Errors of Google's token endpoint. */
export const oauthRefusal = (answer: PlatformAnswer, now: Date): Refusal => {
  if (answer.kind !== 'response') return { kind: 'unavailable', detail: answer.detail };
  const error = readJson(answer.text, oauthError);
  const detail = error?.error_description && redactSecrets(error.error_description);
  const found = evidence({ httpStatus: answer.status, platformCode: error?.error, detail });
  return refusalOf((error && GOOGLE_OAUTH_ERRORS.get(error.error)) ?? unavailable, found, { now });
};

/** What the state of an uploaded video means for the post. */
export const videoOutcome = (
  seen: Video,
  wantedPrivacy?: string,
): outcome.Published | outcome.Processing | outcome.Rejected => {
  const { uploadStatus, failureReason, rejectionReason, privacyStatus } = seen.status ?? {};
  const platformCode = rejectionReason ?? failureReason ?? uploadStatus ?? '';
  switch (uploadStatus) {
    case 'processed':
      return published(seen, privacyNotices(wantedPrivacy, privacyStatus));
    case 'failed':
    case 'rejected':
    case 'deleted':
      return {
        kind: 'rejected',
        category: SHORTS_VIDEO_REASONS.get(platformCode) ?? 'platform_rejected',
        platformCode,
        ...evidence({ detail: seen.processingDetails?.processingFailureReason }),
      };
    default:
      return {
        kind: 'processing',
        ...evidence({ platformCode, detail: seen.processingDetails?.processingStatus }),
        platformPostId: seen.id,
      };
  }
};

const published = (seen: Video, notices: readonly string[]): outcome.Published => {
  const { publishedAt } = seen.snippet ?? {};
  return {
    kind: 'published',
    platformPostId: seen.id,
    permalink: permalinkOf(seen.id),
    ...(publishedAt === undefined ? {} : { publishedAt: new Date(publishedAt) }),
    ...(notices.length === 0 ? {} : { notices }),
  };
};

export const permalinkOf = (id: string): string => `https://www.youtube.com/shorts/${id}`;

/** Uploads of projects without YouTube's audit are forced to private, and the insert succeeds (`platforms.md` 3.1). */
const privacyNotices = (wanted: string | undefined, given: string | undefined): readonly string[] => {
  if (wanted === undefined || given === undefined || wanted === given) return [];
  const audit =
    given === 'private'
      ? ' It does that to every upload of an app that has not passed its compliance audit; nobody else can see the video.'
      : '';
  return [`Asked for ${wanted}, but YouTube made the video ${given}.${audit}`];
};

const storedUpTo = (range: string | undefined): number => {
  const last = /^bytes=0-(\d+)$/.exec(range ?? '')?.[1];
  return last === undefined ? 0 : Number(last) + 1;
};

/** Without a listed reason only Google's own JSON says that it was Google who refused. */
const bareMeaning = ({ status }: Response, isTheirs: boolean): Meaning => {
  if (!isTheirs) return unknown;
  if (status === 401) return staleToken;
  return status === 429 ? throttledFor('account', MINUTE_MS) : unknown;
};
