import { beforeEach, describe, expect, it as fact } from '@jest/globals';
import { matchCandidates } from '../../src/platforms/domain/caption-matching.js';
import type { PlatformName } from '../../src/platforms/domain/platform-name.js';
import type { Platform, PlatformContext, PlatformRegistry } from '../../src/platforms/domain/platform.port.js';
import type { PublishContent } from '../../src/platforms/domain/publish-content.js';
import type {
  CheckOutcome,
  CommitOutcome,
  Credentials,
  PrepareOutcome,
  ResumeToken,
} from '../../src/platforms/domain/publish-outcome.js';
import { CLIP, contentOf } from './adapter-content.js';
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

/** The promises of the port that every adapter keeps. */
export const describeAdapter = (it: AdapterUnderTest): void =>
  describe(it.title, () => {
    const { name, facts } = it;
    let sandbox: SandboxProcess;
    let platforms: PlatformRegistry;
    let platform: Platform;
    let account: SandboxAccount;
    let ctx: PlatformContext;

    const connected = async (): Promise<void> => {
      ({ sandbox, platforms } = it.stage());
      platform = platforms.get(name);
      account = await sandbox.account(name, it.flavour);
      const signal = new AbortController().signal;
      const owner = await platform.connect(account.credentials, signal);
      if (owner.kind !== 'connected') throw new Error(JSON.stringify(owner));
      ctx = { accountId: 'a1', externalId: owner.externalId, credentials: owner.credentials, signal };
    };

    /** Prepares until there is nothing left but the irreversible call; tokens survive a round trip through JSON. */
    const prepare = async (content: PublishContent): Promise<ResumeToken> => {
      let resume: ResumeToken | undefined;
      for (let step = 0; step < 1_000; step += 1) {
        const outcome: PrepareOutcome = await platform.prepare(ctx, content, resume);
        if (outcome.kind !== 'saved' && outcome.kind !== 'wait' && outcome.kind !== 'ready')
          throw new Error(JSON.stringify(outcome));
        resume = JSON.parse(JSON.stringify(outcome.resume)) as ResumeToken;
        if (outcome.kind === 'ready') return resume;
        if (outcome.kind === 'wait') await sandbox.advance(outcome.afterMs);
      }
      throw new Error('never ready');
    };

    /** Asks until the platform has finished processing. */
    const settled = async (resume: ResumeToken): Promise<CheckOutcome> => {
      for (let asked = 0; asked < 20; asked += 1) {
        const outcome = await platform.check(ctx, resume);
        if (outcome.kind !== 'processing') return outcome;
        await sandbox.advance(5_000);
      }
      throw new Error('never settled');
    };

    /** Tokens of a PDS carry seconds: within one second a refresh gives the same token again. */
    const refreshed = async () => {
      const deadlineMs = Date.now() + 5_000;
      while (Date.now() < deadlineMs) {
        const fresh = await platform.refresh(ctx);
        if (fresh?.kind !== 'connected') throw new Error(JSON.stringify(fresh));
        if (accessOf(fresh.credentials) !== accessOf(ctx.credentials)) return fresh;
      }
      throw new Error('never a fresh token');
    };

    /** The id: told by the answer, else proven. */
    const idOf = async (
      content: PublishContent,
      resume: ResumeToken,
      { outcome, committedAt }: { outcome: CommitOutcome; committedAt: Date },
    ) =>
      it.cannotProve && outcome.kind === 'published'
        ? outcome.platformPostId
        : provenLive(content, resume, committedAt);

    const canRemove = () => it.canRemove ?? platform.capabilities().canRemove;
    const truth = () => sandbox.posts(name, account);

    /** The one post that is ours, by the handle or, where that cannot tell, by the list. */
    const provenLive = async (
      content: PublishContent,
      resume: ResumeToken,
      committedAt: Date,
    ): Promise<string | undefined> => {
      const checked = await settled(resume);
      if (checked.kind === 'published' && checked.platformPostId !== undefined) return checked.platformPostId;
      expect(['published', 'inconclusive']).toContain(checked.kind);
      await sandbox.advance(5_000);
      const fingerprint = { caption: content.caption, durationMs: content.media.durationMs, marker: content.marker };
      const found = await platform.find(ctx, fingerprint, new Date(committedAt.getTime() - 60_000));
      if (found.kind !== 'listed') throw new Error(JSON.stringify(found));
      // The clips are not 6 s to the millisecond; the list's own duration is not what this suite is about.
      const posts = found.posts.map(({ durationMs: _durationMs, ...post }) => post);
      const ours = matchCandidates(posts, { ...fingerprint, committedAt, takenIds: new Set() });
      expect(ours).toHaveLength(1);
      return ours[0]?.platformPostId;
    };

    beforeEach(connected);

    fact('names the owner of the credentials', () => {
      expect(ctx.externalId).toBe(account.externalId);
      expect(JSON.stringify(ctx.credentials)).not.toContain(account.credentials['password'] ?? 'no password here');
    });

    fact('publishes exactly one post with the very bytes', async () => {
      const content = contentOf();
      expect(platform.validate(content)).toEqual([]);
      const resume = await prepare(content);
      expect(await truth()).toEqual([]);
      const committedAt = new Date();
      const outcome = await platform.commit(ctx, content, resume);
      expect(['published', 'processing']).toContain(outcome.kind);
      const id = await idOf(content, resume, { outcome, committedAt });
      const posts = await truth();
      expect(posts).toMatchObject([{ caption: content.caption, sha256: content.media.sha256, bytes: CLIP.length }]);
      if (!it.cannotProve) expect(posts[0]?.handle).toContain(resume.handle);
      expect(posts[0]?.platformPostId).toBe(id);
    });

    if (it.cannotProve)
      fact('does not know after a lost answer, and says that nobody can be asked', async () => {
        const content = contentOf();
        const resume = await prepare(content);
        await sandbox.fault(account, { platform: name, step: facts.commit, kind: 'drop-after', times: 1 });
        expect((await platform.commit(ctx, content, resume)).kind).toBe('unknown');
        expect((await platform.check(ctx, resume)).kind).toBe('inconclusive');
        const fingerprint = { caption: content.caption, durationMs: 6_000, marker: content.marker };
        expect(await platform.find(ctx, fingerprint, new Date(0))).toEqual({ kind: 'unsupported' });
        expect(platform.absenceRuleOf(resume).witness).toBe('none');
        expect(await truth()).toHaveLength(1);
      });

    if (!it.cannotProve)
      fact('does not know after a lost answer, then proves the post live', async () => {
        const content = contentOf();
        const resume = await prepare(content);
        await sandbox.fault(account, { platform: name, step: facts.commit, kind: 'drop-after', times: 1 });
        const committedAt = new Date();
        expect((await platform.commit(ctx, content, resume)).kind).toBe('unknown');
        const id = await provenLive(content, resume, committedAt);
        const posts = await truth();
        expect(posts).toHaveLength(1);
        expect(id).toBe(posts[0]?.platformPostId);
      });

    fact.each(['error-before', 'drop-before', 'garbage'])('does not know after %s', async (kind) => {
      const content = contentOf();
      const resume = await prepare(content);
      await sandbox.fault(account, { platform: name, step: facts.commit, kind, times: 1 });
      const committed = await platform.commit(ctx, content, resume);
      // The upload host of TikTok answers by status alone, so a garbled body changes nothing there.
      expect(name === 'tiktok' && kind === 'garbage' ? ['processing', 'unknown'] : ['unknown']).toContain(
        committed.kind,
      );
      const checked = await settled(resume);
      const live = await truth();
      expect(live.length).toBeLessThanOrEqual(1);
      if (live.length === 0) expect(['absent', 'inconclusive']).toContain(checked.kind);
      else expect(['published', 'inconclusive']).toContain(checked.kind);
    });

    fact.each(['error-before', 'drop-before', 'garbage'])('says unavailable when preparing meets %s', async (kind) => {
      await sandbox.fault(account, { platform: name, step: facts.prepare, kind, times: 1 });
      expect((await platform.prepare(ctx, contentOf())).kind).toBe('unavailable');
      expect(await truth()).toEqual([]);
    });

    fact('says throttled with a time when preparing meets a rate limit', async () => {
      await sandbox.fault(account, { platform: name, step: facts.prepare, kind: 'rate', times: 1 });
      const outcome = await platform.prepare(ctx, contentOf());
      expect(outcome).toMatchObject({ kind: 'throttled', retryAt: expect.any(Date) });
    });

    fact('says unauthorised for a token that is not accepted', async () => {
      const bad = Object.fromEntries(
        Object.keys(ctx.credentials).map((key) => [
          key,
          key === 'service' ? ctx.credentials[key]! : 'eyJhbGciOiJI.bad.token',
        ]),
      );
      expect((await platform.prepare({ ...ctx, credentials: bad }, contentOf())).kind).toBe('unauthorised');
    });

    fact(
      'asks for a refresh, not a reconnect, when the token has expired, and goes on with fresh credentials',
      async () => {
        await prepare(contentOf());
        await sandbox.fault(account, { platform: name, step: facts.prepare, kind: 'auth-expire', times: 1 });
        if (it.keepsTokens) {
          expect(await platform.prepare(ctx, contentOf())).toMatchObject({ kind: 'unauthorised', reconnect: true });
          return expect(await platform.refresh(ctx)).toBeUndefined();
        }
        expect(await platform.prepare(ctx, contentOf())).toMatchObject({ kind: 'unauthorised', reconnect: false });
        // Instagram refreshes living tokens only; an expired one needs the user.
        if (name === 'reels' && it.flavour === undefined)
          return expect(await platform.refresh(ctx)).toMatchObject({ kind: 'unauthorised', reconnect: true });
        const fresh = await refreshed();
        expect(fresh.externalId).toBe(ctx.externalId);
        expect(fresh.tokenExpiresAt?.getTime() ?? Infinity).toBeGreaterThan(Date.now());
        ctx = { ...ctx, credentials: fresh.credentials };
        await prepare(contentOf());
      },
    );

    fact('refuses a caption that is too long, by its own unit', () => {
      const [violation] = platform.validate(contentOf({ caption: facts.tooLong }));
      expect(violation).toMatchObject({
        field: 'caption',
        rule: `caption.max_${facts.captionUnit}`,
        limit: platform.capabilities().caption.max,
      });
      expect(violation?.source).toMatch(/^https:/);
    });

    fact('lets go of a call that hangs at its deadline, and does not know what became of it', async () => {
      const content = contentOf();
      const resume = await prepare(content);
      await sandbox.fault(account, {
        platform: name,
        step: facts.commit,
        kind: 'hang-after',
        delayMs: 4_000,
        times: 1,
      });
      const beganMs = performance.now();
      const outcome = await platform.commit({ ...ctx, signal: AbortSignal.timeout(300) }, content, resume);
      expect(performance.now() - beganMs).toBeLessThan(3_500);
      expect(outcome.kind).toBe('unknown');
      expect((await truth()).length).toBeLessThanOrEqual(1);
    });

    fact('sends nothing once its deadline has passed', async () => {
      const content = contentOf();
      const resume = await prepare(content);
      const late = { ...ctx, signal: AbortSignal.abort() };
      expect((await platform.commit(late, content, resume)).kind).toBe('unavailable');
      expect(await truth()).toEqual([]);
    });

    /** A post that is live, by its id. */
    const published = async (): Promise<string> => {
      const content = contentOf();
      const resume = await prepare(content);
      const committedAt = new Date();
      const outcome = await platform.commit(ctx, content, resume);
      return (await idOf(content, resume, { outcome, committedAt }))!;
    };
    const metricsOf = async (id: string) => (await platform.metricsOf(ctx, [id])).get(id);

    if (facts.counters === undefined)
      fact('tells no counters', async () => expect(await metricsOf('1')).toEqual({ kind: 'no_data' }));

    if (facts.counters !== undefined)
      fact('counts what the audience did with several posts at once, each by its id', async () => {
        await sandbox.settings({ reelsInsightsLagMs: 0 });
        const id = await published();
        await sandbox.advance(600_000);
        const both = await platform.metricsOf(ctx, ['17999', id]);
        expect([...both.keys()].sort()).toEqual(['17999', id].sort());
        expect(both.get('17999')?.kind).toBe('no_data');
        const counts = { likes: expect.any(Number), comments: expect.any(Number) };
        const views = platform.capabilities().countsViews ? { views: expect.any(Number) } : {};
        expect(both.get(id)).toMatchObject({ kind: 'metrics', ...counts, ...views });
        await sandbox.advance(600_000);
        expect(await metricsOf(id)).not.toEqual(both.get(id));
        await sandbox.fault(account, { platform: name, kind: 'zero' });
        expect(await metricsOf(id)).toMatchObject({ kind: 'metrics', likes: 0 });
        await sandbox.settings({ reelsInsightsLagMs: 172_800_000 });
      });

    if (facts.counters !== undefined)
      fact('tells a refused read of counters from a failed one', async () => {
        const id = await published();
        for (const [kind, outcome] of [
          ['rate', 'throttled'],
          ['error-before', 'unavailable'],
          ['garbage', 'unavailable'],
        ] as const) {
          await sandbox.faultAnyone({ platform: name, step: facts.counters!, kind, times: 1 });
          expect({ kind, is: (await metricsOf(id))?.kind }).toEqual({ kind, is: outcome });
        }
      });

    fact('removes what it can', async () => {
      const id = await published();
      const removed = await platform.remove(ctx, id);
      expect(removed.kind).toBe(canRemove() ? 'removed' : 'unsupported');
      expect(await truth()).toHaveLength(canRemove() ? 0 : 1);
    });

    fact('finds the platform alive without a token, and publishes nothing by looking', async () => {
      for (const capability of ['auth', 'read'] as const)
        expect(await platform.probe(capability)).toMatchObject({ kind: 'good' });
      expect(['good', 'skipped']).toContain((await platform.probe('upload', ctx)).kind);
      for (const capability of ['publish', 'counters'] as const)
        expect((await platform.probe(capability, ctx)).kind).toBe('skipped');
      expect(await truth()).toEqual([]);
    });
  });
