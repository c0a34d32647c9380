import type { Evidence, Rejected, Throttled, Unauthorised, Unavailable, Unknown } from './publish-outcome.js';

/** Every way a call can fail to do what it was asked. */
export type Refusal = Rejected | Throttled | Unauthorised | Unavailable | Unknown;

/**
 * What one documented code of a platform means; the right column of an adapter's error table.
 * `waitMs`: how long to stay away when the answer itself gives no time.
 */
export type Meaning =
  | { readonly kind: 'rejected'; readonly category: Rejected['category']; readonly isBanned?: true }
  | { readonly kind: 'throttled'; readonly scope: Throttled['scope']; readonly waitMs: number }
  | { readonly kind: 'unauthorised'; readonly reconnect: boolean }
  | { readonly kind: 'unavailable' }
  | { readonly kind: 'unknown' };

export const userContent: Meaning = { kind: 'rejected', category: 'user_content' };
export const accountIssue: Meaning = { kind: 'rejected', category: 'account_issue' };
/** The account itself is banned, suspended or closed. */
export const bannedAccount: Meaning = { kind: 'rejected', category: 'account_issue', isBanned: true };
export const platformRejected: Meaning = { kind: 'rejected', category: 'platform_rejected' };
/** The token is stale: refreshing it may help. */
export const staleToken: Meaning = { kind: 'unauthorised', reconnect: false };
/** Only the user can help, by connecting again. */
export const lostConsent: Meaning = { kind: 'unauthorised', reconnect: true };
export const unavailable: Meaning = { kind: 'unavailable' };
export const unknown: Meaning = { kind: 'unknown' };
export const throttledFor = (scope: Throttled['scope'], waitMs: number): Meaning => ({
  kind: 'throttled',
  scope,
  waitMs,
});

/** The outcome for a meaning; `retryAt` of the answer wins over the table's wait. */
export const refusalOf = (
  meaning: Meaning,
  evidence: Evidence,
  times: { now: Date; retryAt?: Date | undefined },
): Refusal => {
  switch (meaning.kind) {
    case 'rejected':
      return {
        kind: 'rejected',
        category: meaning.category,
        ...(meaning.isBanned ? { isBanned: true } : {}),
        ...evidence,
      };
    case 'throttled': {
      const retryAt = times.retryAt ?? new Date(times.now.getTime() + meaning.waitMs);
      return { kind: 'throttled', retryAt, scope: meaning.scope, ...evidence };
    }
    case 'unauthorised':
      return { kind: 'unauthorised', reconnect: meaning.reconnect, ...evidence };
    case 'unavailable':
    case 'unknown':
      return { kind: meaning.kind, ...evidence };
  }
};

/** Before the irreversible call nothing can be unclear: what is not understood is the platform's trouble. */
export const beforeCommit = (refusal: Refusal): Exclude<Refusal, Unknown> =>
  refusal.kind === 'unknown' ? { ...refusal, kind: 'unavailable' } : refusal;

/** A read that failed says nothing about the post, unless the token is the reason. */
export const onRead = (refusal: Refusal): Unauthorised | Unavailable =>
  refusal.kind === 'unauthorised' ? refusal : { ...evidenceOf(refusal), kind: 'unavailable' };

/** A read or removal whose caller can also wait. */
export const onPacedRead = (refusal: Refusal): Unauthorised | Throttled | Unavailable =>
  refusal.kind === 'throttled' ? refusal : onRead(refusal);

/** Servers of anybody answer too: what they make up must not fill the journal. */
const MAX_CODE = 120;
const MAX_DETAIL = 1_000;

const short = (name: string, value: unknown): unknown =>
  typeof value === 'string' ? value.slice(0, name === 'detail' ? MAX_DETAIL : MAX_CODE) : value;

/** Evidence without the keys that are absent, its texts cut to 120 characters, `detail` to 1,000. */
export const evidence = (found: { readonly [K in keyof Evidence]: Evidence[K] | undefined }): Evidence =>
  Object.fromEntries(
    Object.entries(found).flatMap(([name, value]) =>
      value === undefined || value === '' ? [] : [[name, short(name, value)]],
    ),
  );

const evidenceOf = ({ httpStatus, platformCode, requestId, detail }: Evidence): Evidence =>
  evidence({ httpStatus, platformCode, requestId, detail });
