/** What the platform said, for the journal. Never a secret. */
export interface Evidence {
  readonly httpStatus?: number;
  /** The platform's own code, literal, for example `spam_risk_too_many_posts` or `9/2207042`. */
  readonly platformCode?: string;
  /** The platform's support id (`x-tt-logid`, `fbtrace_id`). */
  readonly requestId?: string;
  readonly detail?: string;
}

/** Opaque to everyone but the adapter; JSON; saved before the adapter goes on. Holds the platform's handle. */
export interface ResumeToken {
  /** The platform's name for the thing being built: `publish_id`, container id, session URI hash, AT rkey. */
  readonly handle: string;
  readonly [key: string]: unknown;
}

/** Refused for good: our content or the account, as the platform itself said. */
export interface Rejected extends Evidence {
  readonly kind: 'rejected';
  readonly category: 'user_content' | 'account_issue' | 'platform_rejected';
  /** The account is banned or gone, says the platform: no other post of it has a chance. */
  readonly isBanned?: true;
}

/** Too fast or over a cap; certainly not sent. */
export interface Throttled extends Evidence {
  readonly kind: 'throttled';
  readonly retryAt: Date;
  readonly scope: 'account' | 'app';
}

/** The token is not accepted; certainly not sent. `reconnect` when refreshing cannot help. */
export interface Unauthorised extends Evidence {
  readonly kind: 'unauthorised';
  readonly reconnect: boolean;
}

/** The platform's fault or the network's, and certainly no effect that could become a post. */
export interface Unavailable extends Evidence {
  readonly kind: 'unavailable';
}

/** The irreversible call may have worked. Only `check` and `find` may tell. */
export interface Unknown extends Evidence {
  readonly kind: 'unknown';
}

/** It is live. `platformPostId` may still be missing where the platform tells it later (TikTok). */
export interface Published extends Evidence {
  readonly kind: 'published';
  readonly platformPostId?: string;
  readonly permalink?: string;
  readonly publishedAt?: Date;
  /** The platform never names it: the post is not public (TikTok). Nobody looks for its link. */
  readonly staysWithoutId?: boolean;
  /** What came out other than asked, as sentences (YouTube forced it to private). */
  readonly notices?: readonly string[];
}

/** Accepted, not live yet. */
export interface Processing extends Evidence {
  readonly kind: 'processing';
  /** Where the platform names the post before it is live (YouTube). */
  readonly platformPostId?: string;
  /** Replaces the token that was committed, where only the answer names the handle (TikTok, PULL_FROM_URL). */
  readonly resume?: ResumeToken;
}

/**
 * One step of reversible work.
 * `saved`: store `resume`, then call `prepare` again with it. `wait`: the same, not before `afterMs`.
 * `ready`: store `resume`, then the irreversible call may start.
 */
export type PrepareOutcome =
  | { readonly kind: 'saved'; readonly resume: ResumeToken }
  | { readonly kind: 'wait'; readonly resume: ResumeToken; readonly afterMs: number }
  | { readonly kind: 'ready'; readonly resume: ResumeToken }
  | Rejected
  | Throttled
  | Unauthorised
  | Unavailable;

export type CommitOutcome = Published | Processing | Rejected | Throttled | Unauthorised | Unavailable | Unknown;

/** `absent`: one clean read says it is not there (the absence rule says how many are needed). */
export type CheckOutcome =
  | Published
  | Processing
  | Rejected
  | Unauthorised
  | (Evidence & { readonly kind: 'absent' })
  /** The handle cannot tell; look in the account's list (`find`). */
  | (Evidence & { readonly kind: 'inconclusive' })
  | Unavailable;

/** A post seen in the account's own list. */
export interface FoundPost {
  readonly platformPostId: string;
  readonly caption: string;
  readonly createdAt: Date;
  readonly durationMs?: number;
  readonly permalink?: string;
  readonly marker?: string;
}

export type FindOutcome =
  | { readonly kind: 'listed'; readonly posts: readonly FoundPost[] }
  | Unauthorised
  | Unavailable
  | { readonly kind: 'unsupported' };

export type MetricsOutcome =
  | {
      readonly kind: 'metrics';
      readonly views?: number;
      readonly likes?: number;
      readonly comments?: number;
      readonly shares?: number;
      /** Where it costs no extra call: the public link (Instagram tells it only by a read). */
      readonly permalink?: string;
    }
  | { readonly kind: 'no_data' }
  | Unauthorised
  | Throttled
  | Unavailable;

export type RemoveOutcome =
  { readonly kind: 'removed' } | { readonly kind: 'unsupported' } | Rejected | Unauthorised | Throttled | Unavailable;

/** How much of an account's publishing cap is used, as the platform itself counts it. */
export type PublishingLimit =
  | {
      readonly kind: 'limit';
      /** Posts of the last `windowSeconds`, by any app. */
      readonly used: number;
      /** Absent when the platform left it out. */
      readonly total?: number;
      /** Rolling, seconds. */
      readonly windowSeconds: number;
    }
  | Unauthorised
  | Throttled
  | Unavailable;

/** `skipped`: this capability cannot be probed without a visible effect, or the budget is spent. */
export type ProbeOutcome =
  | { readonly kind: 'good'; readonly latencyMs: number }
  | ({ readonly kind: 'bad'; readonly latencyMs: number } & Evidence)
  | { readonly kind: 'skipped' };

/** Whose credentials these are. `credentials` replaces what was sent (a session instead of a password). */
export interface ConnectedIdentity {
  readonly externalId: string;
  readonly displayName: string;
  readonly credentials: Credentials;
  readonly scopes: readonly string[];
  readonly tokenExpiresAt?: Date;
  /** Limits of this account or app that the user should know, as sentences (an unaudited app posts privately). */
  readonly notices?: readonly string[];
}

export type ConnectOutcome =
  ({ readonly kind: 'connected' } & ConnectedIdentity) | Unauthorised | Rejected | Unavailable;

/** What the vault keeps for one account; shape is the adapter's own. Never logged. */
export type Credentials = Readonly<Record<string, string>>;
