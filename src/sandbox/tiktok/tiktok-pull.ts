import type { World } from '../world/world.js';
import type { TikTokPublishing } from './tiktok-publishing.js';
import type { TikTokPublish, TikTokState } from './tiktok-state.js';

/** TikTok gives up after an hour (`platforms.md` 1.6). */
const FETCH_TIME_MS = 3_600_000;

/** Fetches the file of a PULL_FROM_URL: no redirects, and nothing but a 200 with a body will do. */
export class TikTokPull {
  constructor(
    private readonly world: World,
    private readonly state: TikTokState,
    private readonly publishing: TikTokPublishing,
  ) {}

  start(publish: TikTokPublish, url: URL): void {
    void this.fetch(publish, url).then((isThere) => {
      // A reset or a cancel came in between.
      if (publish.status !== 'PROCESSING_DOWNLOAD' || !this.state.publishes.has(publish.publishId)) return;
      if (isThere) this.publishing.accept(publish);
      else this.publishing.fail(publish, 'video_pull_failed');
    });
  }

  private async fetch(publish: TikTokPublish, url: URL): Promise<boolean> {
    try {
      const answer = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(FETCH_TIME_MS) });
      this.world.calls.record('tiktok', 'pull');
      if (answer.status !== 200 || !answer.body) {
        await answer.body?.cancel();
        return false;
      }
      for await (const part of answer.body as unknown as AsyncIterable<Uint8Array>)
        publish.tally.add(Buffer.from(part));
      return publish.tally.bytes > 0;
    } catch {
      return false;
    }
  }
}
