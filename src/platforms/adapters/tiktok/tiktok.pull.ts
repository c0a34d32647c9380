import type { Clock } from '../../../kernel/clock.port.js';
import { HOUR_MS, plusMs } from '../../../kernel/durations.js';
import type { PlatformContext } from '../../domain/platform.port.js';
import type * as outcome from '../../domain/publish-outcome.js';
import * as answers from './tiktok.answers.js';
import type { TikTokClient } from './tiktok.client.js';
import { type InitFacts, isForEverybody, urlInit } from './tiktok.init-request.js';
import type { TikTokReader } from './tiktok.reader.js';
import { PULL_PENDING, type UrlResume } from './tiktok.resume.js';

/** TikTok may take an hour to fetch (`platforms.md` 1.6); the address lives on past the post's own end. */
const FETCH_TIME_MS = 2 * HOUR_MS;

/**
 * PULL_FROM_URL: TikTok fetches the file, and the init alone is the commit. Its lost answer leaves no `publish_id`:
 * then only the list can show the post, and nothing can show its absence.
 */
export class TikTokPull {
  constructor(
    private readonly client: TikTokClient,
    private readonly reader: TikTokReader,
    private readonly clock: Clock,
  ) {}

  /** Whether this file can be fetched from us at all; else its bytes are sent. */
  static isPossible({ content }: InitFacts): boolean {
    return content.media.hostedUrl !== undefined;
  }

  prepare(facts: InitFacts): outcome.PrepareOutcome {
    const { content, creator } = facts;
    const fetchedBy = plusMs(this.clock.now(), FETCH_TIME_MS);
    const until = content.staleAt > fetchedBy ? content.staleAt : fetchedBy;
    const token: UrlResume = {
      source: 'url',
      handle: `${PULL_PENDING}${content.marker}`,
      secretInit: urlInit(facts, content.media.hostedUrl?.(until) ?? ''),
      isPublic: isForEverybody(facts),
      ...(creator.creator_username === undefined ? {} : { username: creator.creator_username }),
    };
    return { kind: 'ready', resume: token };
  }

  async commit(ctx: PlatformContext, token: UrlResume): Promise<outcome.CommitOutcome> {
    const answer = await this.client.init(ctx, token.secretInit, true);
    const read = this.reader.read('init', answer, answers.pullInit);
    if (read.kind === 'ok')
      return { kind: 'processing', resume: { ...token, handle: read.value.data.publish_id, secretInit: {} } };
    // `internal_error` does not say whether the fetch was ordered (`platforms.md` 1.8).
    return read.kind === 'unavailable' && answer.kind === 'response' ? { ...read, kind: 'unknown' } : read;
  }
}
