import type { z } from 'zod';
import { MINUTE_MS } from '../../../kernel/durations.js';
import type { CheckOutcome } from '../../domain/publish-outcome.js';
import { evidence, type Meaning, type Refusal, refusalOf, unavailable, unknown } from '../../domain/refusal.js';
import { retryAfterIn } from '../../domain/retry-after.js';
import { readJson } from '../../infrastructure/json-body.js';
import type { PlatformAnswer } from '../../infrastructure/platform-http.js';
import { redactSecrets } from '../../infrastructure/redact-secrets.js';
import { businessUsage, type ContainerStatus, errorBody } from './reels.answers.js';
import { graphMeaning, REELS_SUBCODES } from './reels.errors.map.js';

/** Which column of the error table holds. */
export type Moment = 'prepare' | 'publish';
/** `restart`: this container is dead, a new one is needed; it never comes at `publish`. */
export type GraphRefusal = Refusal | { readonly kind: 'restart'; readonly because: Refusal };
export type Read<T> = { readonly kind: 'ok'; readonly value: T } | GraphRefusal;

/** A Graph answer as its data, or what its error means at this moment. */
export const readGraph = <T>(
  answer: PlatformAnswer,
  shape: z.ZodType<T>,
  at: { moment: Moment; now: Date },
): Read<T> => {
  if (answer.kind !== 'response')
    return { kind: answer.kind === 'not_sent' ? 'unavailable' : 'unknown', detail: answer.detail };
  const error = readJson(answer.text, errorBody)?.error;
  if (error === undefined && answer.status === 200) {
    const value = readJson(answer.text, shape);
    if (value !== undefined) return { kind: 'ok', value };
  }
  const subcode = error?.error_subcode;
  const found = evidence({
    httpStatus: answer.status,
    platformCode: error && (subcode === undefined ? String(error.code) : `${error.code}/${subcode}`),
    requestId: error?.fbtrace_id,
    detail: error === undefined ? 'not the documented JSON' : error.message && redactSecrets(error.message),
  });
  const regainsAt = regainsAccessAt(answer.headers['x-business-use-case-usage'], at.now);
  const times = { now: at.now, retryAt: regainsAt ?? retryAfterIn(answer.headers, at.now) };
  const meaning = error && graphMeaning(error.code, subcode)?.[at.moment];
  if (meaning === 'restart') return { kind: 'restart', because: refusalOf(unavailable, found, times) };
  const isTransient = at.moment === 'prepare' && error?.is_transient === true;
  return refusalOf(meaning ?? (isTransient ? unavailable : unknown), found, times);
};

/** The code of an error that no document names. */
export const undocumentedIn = (answer: PlatformAnswer): { code: string; requestId?: string } | undefined => {
  const error = answer.kind === 'response' ? readJson(answer.text, errorBody)?.error : undefined;
  if (error === undefined || graphMeaning(error.code, error.error_subcode) !== undefined) return undefined;
  const code = error.error_subcode === undefined ? String(error.code) : `${error.code}/${error.error_subcode}`;
  return { code, ...(error.fbtrace_id === undefined ? {} : { requestId: error.fbtrace_id }) };
};

/** Missing, or not visible yet: right after a publish Instagram says so of things that are there. */
export const isHidden = (read: Read<unknown>): read is Refusal =>
  read.kind !== 'ok' && read.kind !== 'restart' && read.platformCode === '100/33';

/** The subcode of a file that Instagram could not fetch. */
export const UNFETCHED = '2207052';

/** Where a dead container matters no more than any other failure. */
export const flat = (refusal: GraphRefusal): Refusal => (refusal.kind === 'restart' ? refusal.because : refusal);

/** What a container's `ERROR` text means before publishing: its subcode, where it names one we know. */
export const containerError = (status: ContainerStatus): Meaning | 'restart' => {
  const subcode = Number(/\b(2207\d{3})\b/.exec(status.status ?? '')?.[1]);
  return REELS_SUBCODES.get(subcode)?.prepare ?? 'restart';
};

export const isKnownSubcode = (status: ContainerStatus): boolean =>
  REELS_SUBCODES.has(Number(/\b(2207\d{3})\b/.exec(status.status ?? '')?.[1]));

/** The subcode of an `ERROR` text, for the journal. */
export const containerCode = (status: ContainerStatus): string =>
  /\b(2207\d{3})\b/.exec(status.status ?? '')?.[1] ?? status.status_code;

/** What a container says after an unclear publish (`platforms.md` 2.2, step 5). */
export const containerOutcome = (status: ContainerStatus): CheckOutcome => {
  const platformCode = status.status_code;
  switch (platformCode) {
    case 'PUBLISHED':
      return { kind: 'inconclusive', platformCode, detail: 'it landed; the media id is found in the list' };
    case 'FINISHED':
      return { kind: 'absent', platformCode, detail: 'ready, not published' };
    case 'EXPIRED':
    case 'ERROR':
      return { kind: 'absent', platformCode: containerCode(status), detail: 'the container is dead' };
    case 'IN_PROGRESS':
      return { kind: 'processing', platformCode };
    default:
      return { kind: 'inconclusive', platformCode };
  }
};

/** How much of the account's call budget is gone, percent; 0 where the answer does not say. */
export const budgetUsed = (answer: PlatformAnswer): number => {
  const header = answer.kind === 'response' ? answer.headers['x-business-use-case-usage'] : undefined;
  const usage = header === undefined ? undefined : readJson(header, businessUsage);
  const shares = Object.values(usage ?? {}).flatMap((uses) =>
    uses.flatMap(({ call_count, total_cputime, total_time }) => [call_count ?? 0, total_cputime ?? 0, total_time ?? 0]),
  );
  return Math.max(0, ...shares);
};

/** `estimated_time_to_regain_access` is in minutes; 0 means not blocked. */
const regainsAccessAt = (header: string | undefined, now: Date): Date | undefined => {
  const usage = header === undefined ? undefined : readJson(header, businessUsage);
  const minutes = Object.values(usage ?? {}).flatMap((uses) =>
    uses.map((use) => use.estimated_time_to_regain_access ?? 0),
  );
  const longest = Math.max(0, ...minutes);
  return longest > 0 ? new Date(now.getTime() + longest * MINUTE_MS) : undefined;
};
