import type { Violation } from '../../kernel/domain-error.js';
import type { ContentRule } from './content-rule.js';
import type { PlatformOAuth } from './oauth.port.js';
import type { Capability, PlatformName } from './platform-name.js';
import type { PlatformWebhook } from './platform-webhook.js';
import type { PostLink } from './post-link.js';
import type { ContentDraft, PublishContent } from './publish-content.js';
import type {
  CheckOutcome,
  CommitOutcome,
  ConnectOutcome,
  Credentials,
  FindOutcome,
  MetricsOutcome,
  PrepareOutcome,
  ProbeOutcome,
  PublishingLimit,
  RemoveOutcome,
  ResumeToken,
} from './publish-outcome.js';

/** On whose behalf a call is made and until when it may run. */
export interface PlatformContext {
  readonly accountId: string;
  /** The account's id on the platform (open id, Instagram user id, channel id, DID). */
  readonly externalId: string;
  readonly credentials: Credentials;
  /** Aborts the socket; after it nothing of this call may reach the platform. */
  readonly signal: AbortSignal;
}

/** What this platform can do; shown by the API and used by validation and routing. */
export interface PlatformCapabilities {
  readonly platform: PlatformName;
  readonly displayName: string;
  readonly caption: { readonly unit: 'utf16' | 'graphemes' | 'bytes'; readonly max: number };
  readonly video: {
    readonly maxBytes: number;
    readonly minDurationMs: number;
    readonly maxDurationMs: number;
    readonly mimeTypes: readonly string[];
  };
  /** Every limit on content, one row each with number, unit, source and date; `caption` and `video` are its short form. */
  readonly rules: readonly ContentRule[];
  readonly canRemove: boolean;
  readonly canList: boolean;
  /** A person posts by hand here: nothing is called, nothing is probed. */
  readonly isHandOff: boolean;
  readonly countsViews: boolean;
  /** Longest time the irreversible call may take, ms. */
  readonly commitTimeoutMs: number;
  /** Usual time to become live after acceptance, 99th percentile, ms. */
  readonly processingP99Ms: number;
}

/**
 * When absence may be believed after an unknown outcome (`platforms.md` section 9).
 * `witness: none` never: a person decides.
 */
export interface AbsenceRule {
  readonly witness: 'handle' | 'list' | 'none';
  /** Clean reads needed, each at least `spacingSeconds` after the one before. */
  readonly reads: number;
  readonly spacingSeconds: number;
  /** No belief before this long after the call's deadline. */
  readonly holdSeconds: number;
}

/** What to look for in the account's list. */
export interface Fingerprint {
  readonly caption: string;
  readonly durationMs: number;
  readonly marker: string;
}

/** Words for an owned channel. */
export interface AnnouncedMessage {
  /** Plain, at most 2,000 characters; links may be previewed. */
  readonly text: string;
  /** Stable for one message: where a platform knows nonces, its repeat gives the first one back. */
  readonly marker: string;
}

/** Words of ours under a post of ours. */
export interface FirstComment {
  readonly platformPostId: string;
  /** When that post went live; part of what makes a repeat the same comment. */
  readonly publishedAt: Date;
  readonly text: string;
  /** Stable for one post: where a platform lets us name what we write, a repeat cannot become a second comment. */
  readonly marker: string;
}

/** Where adapters report what every call showed; the health room implements it. */
export abstract class ObservationSink {
  abstract observe(observation: {
    readonly platform: PlatformName;
    readonly capability: Capability;
    readonly verdict: 'good' | 'bad' | 'neutral';
    readonly latencyMs: number;
  }): void;
}

/**
 * One platform. Every method returns a value for everything foreseeable; none sleeps, retries or throws for it.
 * Mutations are sent once. An answer nobody documented is `unknown` on commit and `unavailable` elsewhere.
 */
export abstract class Platform {
  abstract readonly name: PlatformName;
  abstract readonly absenceRule: AbsenceRule;
  /** Consent in a browser; platforms without it are connected by credentials alone. */
  readonly oauth?: PlatformOAuth;
  readonly webhook?: PlatformWebhook;
  /** Whether words alone can be posted here. */
  readonly canAnnounce: boolean = false;
  /** Posts words alone: one irreversible call, sent once. */
  announce(_ctx: PlatformContext, _message: AnnouncedMessage): Promise<CommitOutcome> {
    const detail = 'This platform takes no messages without a video.';
    return Promise.resolve({ kind: 'rejected', category: 'platform_rejected', detail });
  }
  /** Whether `options.firstComment` can be written under a post here. */
  readonly canComment: boolean = false;
  /** Writes a comment under a post: one irreversible call, sent once. */
  comment(_ctx: PlatformContext, _comment: FirstComment): Promise<CommitOutcome> {
    const detail = 'This platform takes no comments from us.';
    return Promise.resolve({ kind: 'rejected', category: 'platform_rejected', detail });
  }
  /** Posts whose counters one call answers; 0 where the platform tells none. */
  readonly metricsPerCall: number = 0;
  /** The rule for one attempt, where it depends on how that one was sent. */
  absenceRuleOf(_resume: ResumeToken): AbsenceRule {
    return this.absenceRule;
  }
  /**
   * The rule where even the handle is lost (a database restored from before the call): only the list can be asked, so a
   * witness by handle proves nothing.
   */
  get absenceRuleWithoutHandle(): AbsenceRule {
    return this.absenceRule.witness === 'handle' ? { ...this.absenceRule, witness: 'none' } : this.absenceRule;
  }
  /**
   * A post's public link, read without a call.
   * @param externalId the account's id on the platform
   * @returns undefined when it is no link to a post here, or one of another account
   */
  postLinkOf(_url: string, _externalId: string): PostLink | undefined {
    return undefined;
  }
  /** Read-only: the platform's own count of what the account may still publish; `undefined` where it tells none. */
  publishingLimit(_ctx: PlatformContext): Promise<PublishingLimit | undefined> {
    return Promise.resolve(undefined);
  }
  /** Read-only: what the audience did with these posts, by their ids; one refusal stands for every id it concerned. */
  metricsOf(_ctx: PlatformContext, platformPostIds: readonly string[]): Promise<ReadonlyMap<string, MetricsOutcome>> {
    return Promise.resolve(new Map(platformPostIds.map((id) => [id, { kind: 'no_data' }])));
  }
  abstract capabilities(): PlatformCapabilities;
  /** Limits broken by this content, each with rule, limit, actual and source; empty when it fits. */
  abstract validate(content: ContentDraft): readonly Violation[];
  /** The next piece of reversible work; nothing it does can become a visible post. */
  abstract prepare(ctx: PlatformContext, content: PublishContent, resume?: ResumeToken): Promise<PrepareOutcome>;
  /** The one irreversible call. */
  abstract commit(ctx: PlatformContext, content: PublishContent, resume: ResumeToken): Promise<CommitOutcome>;
  /** Read-only: what became of this handle. */
  abstract check(ctx: PlatformContext, resume: ResumeToken): Promise<CheckOutcome>;
  /** Read-only: the account's posts created at or after `since`, newest first. */
  abstract find(ctx: PlatformContext, fingerprint: Fingerprint, since: Date): Promise<FindOutcome>;
  abstract remove(ctx: PlatformContext, platformPostId: string): Promise<RemoveOutcome>;
  /** A look without a visible post. Without `ctx` only unauthenticated liveness is possible. */
  abstract probe(capability: Capability, ctx?: PlatformContext): Promise<ProbeOutcome>;
  /** Proves credentials by a read and names their owner. */
  abstract connect(credentials: Credentials, signal: AbortSignal): Promise<ConnectOutcome>;
  /** New credentials for old ones before they expire; `undefined` where tokens do not expire. */
  abstract refresh(ctx: PlatformContext): Promise<ConnectOutcome | undefined>;
}

/** All platforms that are configured, by name. */
export abstract class PlatformRegistry {
  /** @throws DomainError `platform.unknown` */
  abstract get(name: PlatformName): Platform;
  abstract all(): readonly Platform[];
}
