import { expect } from '@jest/globals';
import { matchCandidates } from '../../src/platforms/domain/caption-matching.js';
import type { PlatformName } from '../../src/platforms/domain/platform-name.js';
import type { Platform, PlatformContext, PlatformRegistry } from '../../src/platforms/domain/platform.port.js';
import type { PublishContent } from '../../src/platforms/domain/publish-content.js';
import type {
  CheckOutcome,
  CommitOutcome,
  ConnectedIdentity,
  Credentials,
  MetricsOutcome,
  PrepareOutcome,
  ResumeToken,
} from '../../src/platforms/domain/publish-outcome.js';
import { contentOf } from './adapter-content.js';
import type { SandboxAccount, SandboxProcess } from './sandbox-process.js';

/** What differs by platform: the steps of its protocol, and how much it takes. */
export interface AdapterFacts {
  readonly prepare: string;
  readonly commit: string;
  /** The read of counters; left out where the platform tells none. */
  readonly counters?: string;
  readonly captionUnit: string;
  readonly tooLong: string;
}

/** One adapter, in one of its logins where it has several. */
export interface AdapterUnderTest {
  readonly title: string;
  readonly name: PlatformName;
  readonly facts: AdapterFacts;
  /** The running sandbox and the adapters that point at it; asked before each test. */
  stage(): { readonly sandbox: SandboxProcess; readonly platforms: PlatformRegistry };
  /** The login of the sandbox accounts; the usual one when left out. */
  readonly flavour?: string;
  /** Whether this login may delete; the platform's capability when left out. */
  readonly canRemove?: boolean;
  /** Nothing can be asked about a message whose answer got lost: no handle, no list. */
  readonly cannotProve?: true;
  /** Tokens have no clock: one that is refused is dead. */
  readonly keepsTokens?: true;
}

const accessOf = ({ accessToken, accessJwt }: Credentials): string | undefined => accessToken ?? accessJwt;

/** A commit and when it was made. */
interface Committed {
  readonly outcome: CommitOutcome;
  readonly committedAt: Date;
}

/** One adapter with a fresh account of the sandbox, and what every test does with them. */
export class AdapterStage {
  sandbox!: SandboxProcess;
  platform!: Platform;
  account!: SandboxAccount;
  ctx!: PlatformContext;

  constructor(readonly tested: AdapterUnderTest) {}

  async connect(): Promise<void> {
    const { sandbox, platforms } = this.tested.stage();
    const { name, flavour } = this.tested;
    this.sandbox = sandbox;
    this.platform = platforms.get(name);
    this.account = await sandbox.account(name, flavour);
    const signal = new AbortController().signal;
    const owner = await this.platform.connect(this.account.credentials, signal);
    if (owner.kind !== 'connected') throw new Error(JSON.stringify(owner));
    this.ctx = { accountId: 'a1', externalId: owner.externalId, credentials: owner.credentials, signal };
  }

  /** The next call of that step ends in `kind`. */
  fault(step: string, kind: string, rest: object = {}): Promise<unknown> {
    return this.sandbox.fault(this.account, { platform: this.tested.name, step, kind, times: 1, ...rest });
  }

  /** Prepares until there is nothing left but the irreversible call; tokens survive a round trip through JSON. */
  async prepare(content: PublishContent): Promise<ResumeToken> {
    let resume: ResumeToken | undefined;
    for (let step = 0; step < 1_000; step += 1) {
      const outcome: PrepareOutcome = await this.platform.prepare(this.ctx, content, resume);
      if (outcome.kind !== 'saved' && outcome.kind !== 'wait' && outcome.kind !== 'ready')
        throw new Error(JSON.stringify(outcome));
      resume = JSON.parse(JSON.stringify(outcome.resume)) as ResumeToken;
      if (outcome.kind === 'ready') return resume;
      if (outcome.kind === 'wait') await this.sandbox.advance(outcome.afterMs);
    }
    throw new Error('never ready');
  }

  /** Asks until the platform has finished processing. */
  async settled(resume: ResumeToken): Promise<CheckOutcome> {
    for (let asked = 0; asked < 20; asked += 1) {
      const outcome = await this.platform.check(this.ctx, resume);
      if (outcome.kind !== 'processing') return outcome;
      await this.sandbox.advance(5_000);
    }
    throw new Error('never settled');
  }

  /** Tokens of a PDS carry seconds: within one second a refresh gives the same token again. */
  async refreshed(): Promise<ConnectedIdentity> {
    const deadlineMs = Date.now() + 5_000;
    while (Date.now() < deadlineMs) {
      const fresh = await this.platform.refresh(this.ctx);
      if (fresh?.kind !== 'connected') throw new Error(JSON.stringify(fresh));
      if (accessOf(fresh.credentials) !== accessOf(this.ctx.credentials)) return fresh;
    }
    throw new Error('never a fresh token');
  }

  /** The id: told by the answer, else proven. */
  async idOf(content: PublishContent, resume: ResumeToken, { outcome, committedAt }: Committed) {
    return this.tested.cannotProve && outcome.kind === 'published'
      ? outcome.platformPostId
      : this.provenLive(content, resume, committedAt);
  }

  /** The one post that is ours, by the handle or, where that cannot tell, by the list. */
  async provenLive(content: PublishContent, resume: ResumeToken, committedAt: Date): Promise<string | undefined> {
    const checked = await this.settled(resume);
    if (checked.kind === 'published' && checked.platformPostId !== undefined) return checked.platformPostId;
    expect(['published', 'inconclusive']).toContain(checked.kind);
    await this.sandbox.advance(5_000);
    const fingerprint = { caption: content.caption, durationMs: content.media.durationMs, marker: content.marker };
    const found = await this.platform.find(this.ctx, fingerprint, new Date(committedAt.getTime() - 60_000));
    if (found.kind !== 'listed') throw new Error(JSON.stringify(found));
    // The clips are not 6 s to the millisecond; the list's own duration is not what this suite is about.
    const posts = found.posts.map(({ durationMs: _durationMs, ...post }) => post);
    const ours = matchCandidates(posts, { ...fingerprint, committedAt, takenIds: new Set() });
    expect(ours).toHaveLength(1);
    return ours[0]?.platformPostId;
  }

  /** A post that is live, by its id. */
  async published(): Promise<string> {
    const content = contentOf();
    const resume = await this.prepare(content);
    const committedAt = new Date();
    const outcome = await this.platform.commit(this.ctx, content, resume);
    return (await this.idOf(content, resume, { outcome, committedAt }))!;
  }

  async metricsOf(id: string): Promise<MetricsOutcome | undefined> {
    return (await this.platform.metricsOf(this.ctx, [id])).get(id);
  }

  canRemove(): boolean {
    return this.tested.canRemove ?? this.platform.capabilities().canRemove;
  }

  /** What is live or will be, as the sandbox knows it. */
  truth() {
    return this.sandbox.posts(this.tested.name, this.account);
  }
}
