import { beforeEach, describe, expect, it as fact } from '@jest/globals';
import { CLIP, contentOf } from './adapter-content.js';
import { AdapterStage, type AdapterUnderTest } from './adapter-stage.js';

/** The promises of the port that every adapter keeps. */
export const describeAdapter = (tested: AdapterUnderTest): void =>
  describe(tested.title, () => {
    const { name, facts } = tested;
    const stage = new AdapterStage(tested);

    beforeEach(() => stage.connect());

    fact('names the owner of the credentials', () => {
      expect(stage.ctx.externalId).toBe(stage.account.externalId);
      expect(JSON.stringify(stage.ctx.credentials)).not.toContain(
        stage.account.credentials['password'] ?? 'no password here',
      );
    });

    fact('publishes exactly one post with the very bytes', async () => {
      const content = contentOf();
      expect(stage.platform.validate(content)).toEqual([]);
      const resume = await stage.prepare(content);
      expect(await stage.truth()).toEqual([]);
      const committedAt = new Date();
      const outcome = await stage.platform.commit(stage.ctx, content, resume);
      expect(['published', 'processing']).toContain(outcome.kind);
      const id = await stage.idOf(content, resume, { outcome, committedAt });
      const posts = await stage.truth();
      expect(posts).toMatchObject([{ caption: content.caption, sha256: content.media.sha256, bytes: CLIP.length }]);
      if (!tested.cannotProve) expect(posts[0]?.handle).toContain(resume.handle);
      expect(posts[0]?.platformPostId).toBe(id);
    });

    if (tested.cannotProve)
      fact('does not know after a lost answer, and says that nobody can be asked', async () => {
        const content = contentOf();
        const resume = await stage.prepare(content);
        await stage.fault(facts.commit, 'drop-after');
        expect((await stage.platform.commit(stage.ctx, content, resume)).kind).toBe('unknown');
        expect((await stage.platform.check(stage.ctx, resume)).kind).toBe('inconclusive');
        const fingerprint = { caption: content.caption, durationMs: 6_000, marker: content.marker };
        expect(await stage.platform.find(stage.ctx, fingerprint, new Date(0))).toEqual({ kind: 'unsupported' });
        expect(stage.platform.absenceRuleOf(resume).witness).toBe('none');
        expect(await stage.truth()).toHaveLength(1);
      });

    if (!tested.cannotProve)
      fact('does not know after a lost answer, then proves the post live', async () => {
        const content = contentOf();
        const resume = await stage.prepare(content);
        await stage.fault(facts.commit, 'drop-after');
        const committedAt = new Date();
        expect((await stage.platform.commit(stage.ctx, content, resume)).kind).toBe('unknown');
        const id = await stage.provenLive(content, resume, committedAt);
        const posts = await stage.truth();
        expect(posts).toHaveLength(1);
        expect(id).toBe(posts[0]?.platformPostId);
      });

    fact.each(['error-before', 'drop-before', 'garbage'])('does not know after %s', async (kind) => {
      const content = contentOf();
      const resume = await stage.prepare(content);
      await stage.fault(facts.commit, kind);
      const committed = await stage.platform.commit(stage.ctx, content, resume);
      // The upload host of TikTok answers by status alone, so a garbled body changes nothing there.
      expect(name === 'tiktok' && kind === 'garbage' ? ['processing', 'unknown'] : ['unknown']).toContain(
        committed.kind,
      );
      const checked = await stage.settled(resume);
      const live = await stage.truth();
      expect(live.length).toBeLessThanOrEqual(1);
      if (live.length === 0) expect(['absent', 'inconclusive']).toContain(checked.kind);
      else expect(['published', 'inconclusive']).toContain(checked.kind);
    });

    fact.each(['error-before', 'drop-before', 'garbage'])('says unavailable when preparing meets %s', async (kind) => {
      await stage.fault(facts.prepare, kind);
      expect((await stage.platform.prepare(stage.ctx, contentOf())).kind).toBe('unavailable');
      expect(await stage.truth()).toEqual([]);
    });

    fact('says throttled with a time when preparing meets a rate limit', async () => {
      await stage.fault(facts.prepare, 'rate');
      const outcome = await stage.platform.prepare(stage.ctx, contentOf());
      expect(outcome).toMatchObject({ kind: 'throttled', retryAt: expect.any(Date) });
    });

    fact('says unauthorised for a token that is not accepted', async () => {
      const bad = Object.fromEntries(
        Object.keys(stage.ctx.credentials).map((key) => [
          key,
          key === 'service' ? stage.ctx.credentials[key]! : 'eyJhbGciOiJI.bad.token',
        ]),
      );
      expect((await stage.platform.prepare({ ...stage.ctx, credentials: bad }, contentOf())).kind).toBe('unauthorised');
    });

    fact(
      'asks for a refresh, not a reconnect, when the token has expired, and goes on with fresh credentials',
      async () => {
        await stage.prepare(contentOf());
        await stage.fault(facts.prepare, 'auth-expire');
        if (tested.keepsTokens) {
          expect(await stage.platform.prepare(stage.ctx, contentOf())).toMatchObject({
            kind: 'unauthorised',
            reconnect: true,
          });
          return expect(await stage.platform.refresh(stage.ctx)).toBeUndefined();
        }
        expect(await stage.platform.prepare(stage.ctx, contentOf())).toMatchObject({
          kind: 'unauthorised',
          reconnect: false,
        });
        // Instagram refreshes living tokens only; an expired one needs the user.
        if (name === 'reels' && tested.flavour === undefined)
          return expect(await stage.platform.refresh(stage.ctx)).toMatchObject({
            kind: 'unauthorised',
            reconnect: true,
          });
        const fresh = await stage.refreshed();
        expect(fresh.externalId).toBe(stage.ctx.externalId);
        expect(fresh.tokenExpiresAt?.getTime() ?? Infinity).toBeGreaterThan(Date.now());
        stage.ctx = { ...stage.ctx, credentials: fresh.credentials };
        await stage.prepare(contentOf());
      },
    );

    fact('refuses a caption that is too long, by its own unit', () => {
      const [violation] = stage.platform.validate(contentOf({ caption: facts.tooLong }));
      expect(violation).toMatchObject({
        field: 'caption',
        rule: `caption.max_${facts.captionUnit}`,
        limit: stage.platform.capabilities().caption.max,
      });
      expect(violation?.source).toMatch(/^https:/);
    });

    fact('lets go of a call that hangs at its deadline, and does not know what became of it', async () => {
      const content = contentOf();
      const resume = await stage.prepare(content);
      await stage.fault(facts.commit, 'hang-after', { delayMs: 20_000 });
      const beganMs = performance.now();
      const outcome = await stage.platform.commit({ ...stage.ctx, signal: AbortSignal.timeout(300) }, content, resume);
      expect(performance.now() - beganMs).toBeLessThan(15_000);
      expect(outcome.kind).toBe('unknown');
      expect((await stage.truth()).length).toBeLessThanOrEqual(1);
    });

    fact('sends nothing once its deadline has passed', async () => {
      const content = contentOf();
      const resume = await stage.prepare(content);
      const late = { ...stage.ctx, signal: AbortSignal.abort() };
      expect((await stage.platform.commit(late, content, resume)).kind).toBe('unavailable');
      expect(await stage.truth()).toEqual([]);
    });

    if (facts.counters === undefined)
      fact('tells no counters', async () => expect(await stage.metricsOf('1')).toEqual({ kind: 'no_data' }));

    if (facts.counters !== undefined)
      fact('counts what the audience did with several posts at once, each by its id', async () => {
        await stage.sandbox.settings({ reelsInsightsLagMs: 0 });
        const id = await stage.published();
        await stage.sandbox.advance(600_000);
        const both = await stage.platform.metricsOf(stage.ctx, ['17999', id]);
        expect([...both.keys()].sort()).toEqual(['17999', id].sort());
        expect(both.get('17999')?.kind).toBe('no_data');
        const counts = { likes: expect.any(Number), comments: expect.any(Number) };
        const views = stage.platform.capabilities().countsViews ? { views: expect.any(Number) } : {};
        expect(both.get(id)).toMatchObject({ kind: 'metrics', ...counts, ...views });
        await stage.sandbox.advance(600_000);
        expect(await stage.metricsOf(id)).not.toEqual(both.get(id));
        await stage.sandbox.fault(stage.account, { platform: name, kind: 'zero' });
        expect(await stage.metricsOf(id)).toMatchObject({ kind: 'metrics', likes: 0 });
        await stage.sandbox.settings({ reelsInsightsLagMs: 172_800_000 });
      });

    if (facts.counters !== undefined)
      fact('tells a refused read of counters from a failed one', async () => {
        const id = await stage.published();
        for (const [kind, outcome] of [
          ['rate', 'throttled'],
          ['error-before', 'unavailable'],
          ['garbage', 'unavailable'],
        ] as const) {
          await stage.sandbox.faultAnyone({ platform: name, step: facts.counters!, kind, times: 1 });
          expect({ kind, is: (await stage.metricsOf(id))?.kind }).toEqual({ kind, is: outcome });
        }
      });

    fact('removes what it can', async () => {
      const id = await stage.published();
      const removed = await stage.platform.remove(stage.ctx, id);
      expect(removed.kind).toBe(stage.canRemove() ? 'removed' : 'unsupported');
      expect(await stage.truth()).toHaveLength(stage.canRemove() ? 0 : 1);
    });

    fact('finds the platform alive without a token, and publishes nothing by looking', async () => {
      for (const capability of ['auth', 'read'] as const)
        expect(await stage.platform.probe(capability)).toMatchObject({ kind: 'good' });
      expect(['good', 'skipped']).toContain((await stage.platform.probe('upload', stage.ctx)).kind);
      for (const capability of ['publish', 'counters'] as const)
        expect((await stage.platform.probe(capability, stage.ctx)).kind).toBe('skipped');
      expect(await stage.truth()).toEqual([]);
    });
  });
