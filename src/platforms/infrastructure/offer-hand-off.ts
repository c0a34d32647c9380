import type { Violation } from '../../kernel/domain-error.js';
import type {
  AbsenceRule,
  AnnouncedMessage,
  Fingerprint,
  FirstComment,
  PlatformCapabilities,
  PlatformContext,
} from '../domain/platform.port.js';
import { Platform } from '../domain/platform.port.js';
import {
  asksForHandOff,
  handOffIdentityOf,
  handOffNameOf,
  isHandOffIdentity,
  readHandOff,
} from '../domain/hand-off-mode.js';
import type { PlatformOAuth } from '../domain/oauth.port.js';
import type { Capability, PlatformName } from '../domain/platform-name.js';
import type { PlatformWebhook } from '../domain/platform-webhook.js';
import type { PostLink } from '../domain/post-link.js';
import type { ContentDraft, PublishContent } from '../domain/publish-content.js';
import type * as outcome from '../domain/publish-outcome.js';

/**
 * Any platform, with hand-off accounts beside its own: those are connected without a call, never refreshed and never
 * probed. Publishing sees them by their identity and asks a person instead; if it did not, nothing would be sent.
 */
export class OfferHandOff extends Platform {
  readonly name: PlatformName;
  readonly absenceRule: AbsenceRule;
  declare readonly oauth?: PlatformOAuth;
  declare readonly webhook?: PlatformWebhook;
  override readonly metricsPerCall: number;
  override readonly canAnnounce: boolean;
  override readonly canComment: boolean;

  constructor(private readonly inner: Platform) {
    super();
    this.name = inner.name;
    this.absenceRule = inner.absenceRule;
    this.metricsPerCall = inner.metricsPerCall;
    this.canAnnounce = inner.canAnnounce;
    this.canComment = inner.canComment;
    if (inner.oauth) this.oauth = inner.oauth;
    if (inner.webhook) this.webhook = inner.webhook;
  }

  override absenceRuleOf(resume: outcome.ResumeToken): AbsenceRule {
    return this.inner.absenceRuleOf(resume);
  }

  override get absenceRuleWithoutHandle(): AbsenceRule {
    return this.inner.absenceRuleWithoutHandle;
  }

  override postLinkOf(url: string, externalId: string): PostLink | undefined {
    return this.inner.postLinkOf(url, externalId);
  }

  override async publishingLimit(ctx: PlatformContext): Promise<outcome.PublishingLimit | undefined> {
    return byHand(ctx) ? undefined : this.inner.publishingLimit(ctx);
  }

  capabilities(): PlatformCapabilities {
    return this.inner.capabilities();
  }

  validate(content: ContentDraft): readonly Violation[] {
    return this.inner.validate(content);
  }

  async prepare(
    ctx: PlatformContext,
    content: PublishContent,
    resume?: outcome.ResumeToken,
  ): Promise<outcome.PrepareOutcome> {
    return byHand(ctx) ? NOT_BY_API : this.inner.prepare(ctx, content, resume);
  }

  async commit(
    ctx: PlatformContext,
    content: PublishContent,
    resume: outcome.ResumeToken,
  ): Promise<outcome.CommitOutcome> {
    return byHand(ctx) ? NOT_BY_API : this.inner.commit(ctx, content, resume);
  }

  override async announce(ctx: PlatformContext, message: AnnouncedMessage): Promise<outcome.CommitOutcome> {
    return byHand(ctx) ? NOT_BY_API : this.inner.announce(ctx, message);
  }

  override async comment(ctx: PlatformContext, comment: FirstComment): Promise<outcome.CommitOutcome> {
    return byHand(ctx) ? NOT_BY_API : this.inner.comment(ctx, comment);
  }

  async check(ctx: PlatformContext, resume: outcome.ResumeToken): Promise<outcome.CheckOutcome> {
    return byHand(ctx) ? { kind: 'inconclusive', detail: 'only the person knows' } : this.inner.check(ctx, resume);
  }

  async find(ctx: PlatformContext, fingerprint: Fingerprint, since: Date): Promise<outcome.FindOutcome> {
    return byHand(ctx) ? { kind: 'unsupported' } : this.inner.find(ctx, fingerprint, since);
  }

  override metricsOf(
    ctx: PlatformContext,
    platformPostIds: readonly string[],
  ): Promise<ReadonlyMap<string, outcome.MetricsOutcome>> {
    return byHand(ctx) ? super.metricsOf(ctx, platformPostIds) : this.inner.metricsOf(ctx, platformPostIds);
  }

  async remove(ctx: PlatformContext, platformPostId: string): Promise<outcome.RemoveOutcome> {
    return byHand(ctx) ? { kind: 'unsupported' } : this.inner.remove(ctx, platformPostId);
  }

  async probe(capability: Capability, ctx?: PlatformContext): Promise<outcome.ProbeOutcome> {
    return ctx && byHand(ctx) ? { kind: 'skipped' } : this.inner.probe(capability, ctx);
  }

  async connect(credentials: outcome.Credentials, signal: AbortSignal): Promise<outcome.ConnectOutcome> {
    if (!asksForHandOff(credentials)) return this.inner.connect(credentials, signal);
    const read = readHandOff(credentials);
    if (!read) return INCOMPLETE;
    const { mode, notifyEmail, profileUrl } = read;
    return {
      kind: 'connected',
      externalId: handOffIdentityOf(read),
      displayName: handOffNameOf(read),
      credentials: { mode, notifyEmail, ...(profileUrl === undefined ? {} : { profileUrl }) },
      scopes: [],
    };
  }

  async refresh(ctx: PlatformContext): Promise<outcome.ConnectOutcome | undefined> {
    return byHand(ctx) ? undefined : this.inner.refresh(ctx);
  }
}

const byHand = ({ externalId }: PlatformContext): boolean => isHandOffIdentity(externalId);

const NOT_BY_API = {
  kind: 'rejected',
  category: 'account_issue',
  detail: 'a person posts to this account; nothing was sent',
} as const;

const INCOMPLETE: outcome.ConnectOutcome = {
  kind: 'rejected',
  category: 'account_issue',
  detail: 'a hand-off needs a notifyEmail, and may have a profileUrl with https',
};
