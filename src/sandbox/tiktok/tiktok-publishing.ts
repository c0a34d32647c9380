import { markerIn } from '../truth/truth-feed.js';
import { drawFailure, drawLatenessMs, runProcessing } from '../world/processing.js';
import type { World } from '../world/world.js';
import type { TikTokPublish } from './tiktok-state.js';
import type { TikTokWebhooks } from './tiktok-webhooks.js';

/** The first public post id; over 2^53 on purpose, as the real ones are. */
const FIRST_POST_ID = 7_460_000_000_000_000_000n;

/** From the last byte on: what was sent becomes a post, is processed, and gets its public id a while later. */
export class TikTokPublishing {
  constructor(
    private readonly world: World,
    private readonly webhooks: TikTokWebhooks,
  ) {}

  accept(publish: TikTokPublish): void {
    const { account, request, publishId } = publish;
    const { tiktokProcessingMs } = this.world.settings;
    const failReason = drawFailure(this.world, account, 'internal');
    publish.acceptedMs = this.world.clock.nowMs();
    publish.post = {
      platform: 'tiktok',
      accountExternalId: account.externalId,
      platformPostId: null,
      handle: publishId,
      caption: request.title,
      ...markerIn([request.title]),
      createdAt: this.world.clock.iso(),
      liveAt: null,
      ...publish.tally.facts(),
    };
    const latenessMs = drawLatenessMs(this.world, account);
    if (failReason === undefined) this.world.truth.accept(publish.post);
    runProcessing(this.world, account, tiktokProcessingMs + latenessMs, () => this.finish(publish, failReason));
  }

  fail(publish: TikTokPublish, failReason: string): void {
    Object.assign(publish, { status: 'FAILED', failReason });
    const about = { publish_id: publish.publishId, reason: failReason, publish_type: 'DIRECT_PUBLISH' };
    this.webhooks.tell('post.publish.failed', publish.account, JSON.stringify(about));
  }

  /** Its owner hides it, or it is taken down: still a post, but nobody else sees it. */
  hide(publish: TikTokPublish): void {
    publish.isHidden = true;
    // The misspelling is TikTok's.
    this.tellId('post.publish.no_longer_publicaly_available', publish);
  }

  private finish(publish: TikTokPublish, failReason: string | undefined): void {
    const { post, account, publishId } = publish;
    if (!post) return;
    if (failReason !== undefined) return this.fail(publish, failReason);
    publish.status = 'PUBLISH_COMPLETE';
    this.world.truth.markLive(post);
    const about = { publish_id: publishId, publish_type: 'DIRECT_PUBLISH' };
    this.webhooks.tell('post.publish.complete', account, JSON.stringify(about));
    if (publish.request.privacy !== 'PUBLIC_TO_EVERYONE') return;
    this.world.clock.after(this.world.settings.tiktokPublicIdMs, () => {
      publish.publicId = this.world.ids.number(FIRST_POST_ID);
      post.platformPostId = String(publish.publicId);
      this.tellId('post.publish.publicly_available', publish);
    });
  }

  /** The id goes out as a bare 64-bit number, which JavaScript cannot write. */
  private tellId(event: string, { account, publishId, publicId }: TikTokPublish): void {
    const content = `{"publish_id":${JSON.stringify(publishId)},"post_id":${publicId ?? 0n},"publish_type":"DIRECT_PUBLISH"}`;
    this.webhooks.tell(event, account, content);
  }
}
