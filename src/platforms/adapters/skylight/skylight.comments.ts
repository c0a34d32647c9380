import type { Clock } from '../../../kernel/clock.port.js';
import type { Violation } from '../../../kernel/domain-error.js';
import { captionLength } from '../../domain/caption-length.js';
import type { FirstComment, PlatformContext } from '../../domain/platform.port.js';
import type { ContentDraft } from '../../domain/publish-content.js';
import type { CommitOutcome } from '../../domain/publish-outcome.js';
import { evidence } from '../../domain/refusal.js';
import { SKYLIGHT_SOURCE } from './skylight.capabilities.js';
import type { SkylightClient } from './skylight.client.js';
import { facetsOf } from './skylight.facets.js';
import { refusalIn, unreadable } from './skylight.outcomes.js';
import { POST_COLLECTION } from './skylight.record.js';
import { tidFor } from './tid.js';

/** Longest text of a record, graphemes and bytes (lexicon app.bsky.feed.post, read Nov 2026). */
const MAX_GRAPHEMES = 300;
const MAX_BYTES = 3_000;

const longer = (unit: string, limit: number, actual: number): Violation[] => {
  if (actual <= limit) return [];
  const message = `The first comment has ${actual} ${unit}; at most ${limit} are taken. Shorten it.`;
  return [
    {
      field: 'options.firstComment',
      rule: `firstComment.max_${unit}`,
      message,
      limit,
      actual,
      source: SKYLIGHT_SOURCE,
    },
  ];
};

/** What is wrong with `options.firstComment`. */
export const checkComment = ({ options }: ContentDraft): readonly Violation[] => {
  const text = options['firstComment'];
  if (text === undefined) return [];
  if (typeof text !== 'string') {
    const message = 'The first comment must be a text.';
    return [{ field: 'options.firstComment', rule: 'firstComment.text', message }];
  }
  return [
    ...longer('graphemes', MAX_GRAPHEMES, captionLength(text, 'graphemes')),
    ...longer('bytes', MAX_BYTES, captionLength(text, 'bytes')),
  ];
};

/** A comment is a reply: a record of its own under a key that we derive, create-only, so that it cannot be written twice. */
export class SkylightComments {
  constructor(
    private readonly client: SkylightClient,
    private readonly clock: Clock,
  ) {}

  async write(
    ctx: PlatformContext,
    { platformPostId, text, marker, publishedAt }: FirstComment,
  ): Promise<CommitOutcome> {
    const [repo = '', , rkey = ''] = platformPostId.replace(/^at:\/\//, '').split('/');
    const read = await this.client.call(ctx, (agent) =>
      agent.com.atproto.repo.getRecord({ repo, collection: POST_COLLECTION, rkey }),
    );
    if (read.kind === 'failed') return unreadable(read.answer, 'the post');
    const facets = await facetsOf({ client: this.client, caller: ctx }, text);
    if ('kind' in facets) return facets;
    const post = { uri: read.value.uri, cid: read.value.cid };
    const record = {
      $type: POST_COLLECTION,
      text,
      createdAt: this.clock.now().toISOString(),
      reply: { root: post, parent: post },
      ...(facets.length > 0 ? { facets } : {}),
    };
    const key = { repo: ctx.externalId, collection: POST_COLLECTION, rkey: tidFor(publishedAt, marker) };
    const put = await this.client.call(
      ctx,
      (agent) =>
        agent.com.atproto.repo.putRecord(
          { ...key, record, validate: true, swapRecord: null },
          { encoding: 'application/json' },
        ),
      { irreversible: true, signed: true },
    );
    if (put.kind === 'ok')
      return { kind: 'published', platformPostId: put.value.uri, ...evidence({ httpStatus: 200 }) };
    const refusal = refusalIn(put.answer, this.clock.now());
    // The key is taken by what we wrote before.
    return refusal.platformCode === 'InvalidSwap'
      ? { kind: 'published', platformPostId: `at://${key.repo}/${key.collection}/${key.rkey}`, ...evidence({}) }
      : refusal;
  }
}
