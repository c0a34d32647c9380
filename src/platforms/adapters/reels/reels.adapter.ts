import type { Clock } from '../../../kernel/clock.port.js';
import type { Violation } from '../../../kernel/domain-error.js';
import { checkRules } from '../../domain/content-rules.js';
import type { Capability } from '../../domain/platform-name.js';
import { type Fingerprint, Platform, type PlatformContext } from '../../domain/platform.port.js';
import type { PostLink } from '../../domain/post-link.js';
import type { ContentDraft, PublishContent } from '../../domain/publish-content.js';
import type * as outcome from '../../domain/publish-outcome.js';
import { onPacedRead } from '../../domain/refusal.js';
import type { PlatformHttp } from '../../infrastructure/platform-http.js';
import { probeLiveness } from '../../infrastructure/probe-liveness.js';
import * as answers from './reels.answers.js';
import { REELS_ABSENCE, REELS_CAPABILITIES, REELS_RULES } from './reels.capabilities.js';
import { UnknownCodes } from '../../infrastructure/unknown-codes.js';
import { ReelsClient } from './reels.client.js';
import { ReelsCommit } from './reels.commit.js';
import type { ReelsConfig } from './reels.config.js';
import { ReelsContainer } from './reels.container.js';
import { FacebookLogin } from './reels.facebook-login.js';
import { flavourOf, type ReelsFlavour } from './reels.flavour.js';
import { InstagramLogin } from './reels.instagram-login.js';
import type { ReelsLogin } from './reels.login.js';
import { ReelsLoginClient } from './reels.login-client.js';
import { ReelsOAuth } from './reels.oauth.js';
import { flat } from './reels.outcomes.js';
import { ReelsReader } from './reels.reader.js';
import { ReelsReading } from './reels.reading.js';
import { readResume } from './reels.resume.js';
import { reelsPostLink } from './reels.link.js';

/** Instagram Reels by container, through either login: `media_publish` is the one irreversible call. */
export class ReelsAdapter extends Platform {
  readonly name = 'reels';
  readonly absenceRule = REELS_ABSENCE;
  override readonly oauth: ReelsOAuth;
  /** Insights are asked for one medium at a time (`platforms.md` 2.4). */
  override readonly metricsPerCall = 1;
  private readonly client: ReelsClient;
  private readonly loginClient: ReelsLoginClient;
  private readonly container: ReelsContainer;
  private readonly publishing: ReelsCommit;
  private readonly reading: ReelsReading;
  private readonly reader: ReelsReader;
  private readonly logins: Readonly<Record<ReelsFlavour, ReelsLogin>>;

  constructor(
    config: ReelsConfig,
    http: PlatformHttp,
    private readonly clock: Clock,
    unknownCodes = new UnknownCodes(),
  ) {
    super();
    this.client = new ReelsClient(config, http);
    this.loginClient = new ReelsLoginClient(config, http);
    this.reader = new ReelsReader(clock, unknownCodes);
    this.container = new ReelsContainer(this.client, this.reader, config.source);
    this.publishing = new ReelsCommit(this.client, this.reader);
    this.reading = new ReelsReading(this.client, this.reader);
    this.logins = {
      instagram: new InstagramLogin(config, this.loginClient, this.reader),
      facebook: new FacebookLogin(config, this.loginClient, this.reader),
    };
    this.oauth = new ReelsOAuth(this.logins);
  }

  override postLinkOf(url: string): PostLink | undefined {
    return reelsPostLink(url);
  }

  capabilities(): typeof REELS_CAPABILITIES {
    return REELS_CAPABILITIES;
  }

  validate(draft: ContentDraft): readonly Violation[] {
    return checkRules(draft, REELS_RULES);
  }

  prepare(
    ctx: PlatformContext,
    content: PublishContent,
    resume?: outcome.ResumeToken,
  ): Promise<outcome.PrepareOutcome> {
    if (!resume) return this.container.create(ctx, content, 0);
    const token = readResume(resume);
    return token.step === 'upload'
      ? this.container.upload(ctx, content, token)
      : this.container.poll(ctx, content, token);
  }

  commit(ctx: PlatformContext, _content: PublishContent, resume: outcome.ResumeToken): Promise<outcome.CommitOutcome> {
    return this.publishing.commit(ctx, resume);
  }

  check(ctx: PlatformContext, resume: outcome.ResumeToken): Promise<outcome.CheckOutcome> {
    return this.publishing.check(ctx, resume);
  }

  find(ctx: PlatformContext, _fingerprint: Fingerprint, since: Date): Promise<outcome.FindOutcome> {
    return this.reading.find(ctx, since);
  }

  override metricsOf(
    ctx: PlatformContext,
    platformPostIds: readonly string[],
  ): Promise<ReadonlyMap<string, outcome.MetricsOutcome>> {
    return this.reading.metricsOf(ctx, platformPostIds);
  }

  /** What Instagram itself counts of the account's publishing cap; read-only. */
  override publishingLimit(ctx: PlatformContext): Promise<outcome.PublishingLimit> {
    return this.reading.publishingLimit(ctx);
  }

  /** Facebook Login only; gone already is as good as removed. */
  async remove(ctx: PlatformContext, platformPostId: string): Promise<outcome.RemoveOutcome> {
    if (flavourOf(ctx.credentials) !== 'facebook') return { kind: 'unsupported' };
    const answer = await this.client.remove(ctx, platformPostId);
    const read = this.reader.read(answer, answers.removed);
    if (read.kind === 'ok') return { kind: 'removed' };
    if (read.kind === 'rejected') return read;
    return onPacedRead(flat(read));
  }

  probe(capability: Capability, ctx?: PlatformContext): Promise<outcome.ProbeOutcome> {
    const signal = ctx?.signal ?? new AbortController().signal;
    const flavour = flavourOf(ctx?.credentials ?? {});
    const anonymous = { credentials: { flavour }, signal };
    const login = this.loginClient;
    const look = (call: () => ReturnType<typeof login.refresh>) => probeLiveness(this.clock, call, answers.errorBody);
    switch (capability) {
      case 'auth':
        return look(() => (flavour === 'facebook' ? login.facebookLiveness(signal) : login.refresh(anonymous)));
      case 'read':
        return look(() => (flavour === 'facebook' ? login.facebookSelf(anonymous) : login.instagramUser(anonymous)));
      case 'upload': {
        // An abandoned container: invisible, gone after 24 h, one of 400 a day.
        if (!ctx) return Promise.resolve({ kind: 'skipped' });
        const fields = { media_type: 'REELS', upload_type: 'resumable' };
        const shape = answers.container.or(answers.errorBody);
        return probeLiveness(this.clock, () => this.client.createContainer(ctx, fields), shape);
      }
      case 'publish':
      case 'counters':
        return Promise.resolve({ kind: 'skipped' });
    }
  }

  connect(credentials: outcome.Credentials, signal: AbortSignal): Promise<outcome.ConnectOutcome> {
    return this.logins[flavourOf(credentials)].connect(credentials, signal);
  }

  refresh(ctx: PlatformContext): Promise<outcome.ConnectOutcome> {
    return this.logins[flavourOf(ctx.credentials)].refresh(ctx);
  }
}
