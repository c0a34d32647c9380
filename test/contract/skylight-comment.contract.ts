import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { AtpAgent } from '@atproto/api';
import { contentOf } from './adapter-content.js';
import { SkylightStage } from './skylight-stage.js';

jest.setTimeout(60_000);

describe('the first comment on AT Protocol', () => {
  let stage: SkylightStage;

  beforeAll(async () => {
    stage = await SkylightStage.open();
  });
  afterAll(() => stage.close());

  it('is a reply to the post, once, however often it is written', async () => {
    const [adapter, who] = [stage.adapter({ upload: 'blob' }), await stage.account()];
    const ctx = await stage.byPassword(adapter, who);
    const uri = await stage.published(adapter, ctx, contentOf());
    const comment = {
      platformPostId: uri,
      text: 'More at https://tea.example #tea',
      marker: 'm-1',
      publishedAt: new Date(),
    };
    const first = await adapter.comment(ctx, comment);
    expect(first).toMatchObject({ kind: 'published' });
    const again = await adapter.comment(ctx, comment);
    expect(again).toMatchObject({
      kind: 'published',
      platformPostId: (first as { platformPostId: string }).platformPostId,
    });
    const agent = new AtpAgent({ service: stage.config.serviceUrl });
    const { data } = await agent.com.atproto.repo.listRecords({
      repo: ctx.externalId,
      collection: 'app.bsky.feed.post',
    });
    const replies = data.records.filter(({ value }) => 'reply' in value);
    expect(replies).toHaveLength(1);
    expect(replies[0]?.value).toMatchObject({ text: comment.text, reply: { parent: { uri }, root: { uri } } });
    expect(replies[0]?.value['facets']).toHaveLength(2);
  });

  it('is not written under a post that is gone, and is judged with the post', async () => {
    const [adapter, who] = [stage.adapter({ upload: 'blob' }), await stage.account()];
    const ctx = await stage.byPassword(adapter, who);
    const gone = { platformPostId: `at://${ctx.externalId}/app.bsky.feed.post/3aaaaaaaaaaaa`, text: 'x', marker: 'm' };
    expect(await adapter.comment(ctx, { ...gone, publishedAt: new Date() })).toMatchObject({ kind: 'unavailable' });
    const { caption, tags, media } = contentOf();
    const faults = adapter.validate({ caption, tags, media, options: { firstComment: 'x'.repeat(301) } });
    expect(faults).toMatchObject([{ field: 'options.firstComment', rule: 'firstComment.max_graphemes', actual: 301 }]);
  });
});
