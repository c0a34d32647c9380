import { SECOND_MS } from '../../../kernel/durations.js';
import type { PlatformContext } from '../../domain/platform.port.js';
import type { CheckOutcome, CommitOutcome, ResumeToken } from '../../domain/publish-outcome.js';
import { onRead, type Refusal } from '../../domain/refusal.js';
import * as answers from './reels.answers.js';
import type { ReelsClient } from './reels.client.js';
import { containerOutcome, flat, isHidden } from './reels.outcomes.js';
import type { ReelsReader } from './reels.reader.js';
import { readResume } from './reels.resume.js';

/** The post is live already; its outcome must not wait long for a link. */
const LINK_TIMEOUT_MS = 3 * SECOND_MS;

/** `media_publish`, the one irreversible call, and what its container says afterwards (`platforms.md` 2.2, step 5). */
export class ReelsCommit {
  constructor(
    private readonly client: ReelsClient,
    private readonly reader: ReelsReader,
  ) {}

  async commit(ctx: PlatformContext, resume: ResumeToken): Promise<CommitOutcome> {
    const token = readResume(resume);
    if (token.step === 'published')
      return { kind: 'unknown', platformCode: 'PUBLISHED', detail: 'published before this call' };
    const answer = await this.client.publish(ctx, token.handle);
    const read = this.reader.read(answer, answers.published, 'publish');
    if (read.kind === 'ok') return this.published(ctx, read.value.id);
    const refusal = flat(read);
    return refusal.kind === 'throttled' && !isDailyCap(refusal) ? this.rechecked(ctx, token.handle, refusal) : refusal;
  }

  /** Read-only. `PUBLISHED` and a container that cannot be found leave the answer to the account's list. */
  async check(ctx: PlatformContext, resume: ResumeToken): Promise<CheckOutcome> {
    const token = readResume(resume);
    const answer = await this.client.containerStatus(ctx, token.handle);
    const read = this.reader.read(answer, answers.containerStatus);
    if (read.kind === 'ok') return containerOutcome(read.value);
    if (read.kind === 'restart' || isHidden(read)) return { ...flat(read), kind: 'inconclusive' };
    return onRead(read);
  }

  /** Its address is a best effort: right after a publish a reel is often not visible by its id, which says nothing. */
  private async published(ctx: PlatformContext, mediaId: string): Promise<CommitOutcome> {
    const signal = AbortSignal.any([ctx.signal, AbortSignal.timeout(LINK_TIMEOUT_MS)]);
    const read = this.reader.read(await this.client.media({ ...ctx, signal }, mediaId), answers.mediaItem);
    const permalink = read.kind === 'ok' ? read.value.permalink : undefined;
    return { kind: 'published', platformPostId: mediaId, ...(permalink === undefined ? {} : { permalink }) };
  }

  /**
   * Blocked and throttled publishes were seen to land all the same. Only a container that is still `FINISHED` proves
   * that waiting is safe; otherwise nobody knows.
   */
  private async rechecked(ctx: PlatformContext, containerId: string, refusal: Refusal): Promise<CommitOutcome> {
    const answer = await this.client.containerStatus(ctx, containerId);
    const read = this.reader.read(answer, answers.containerStatus);
    if (read.kind === 'ok' && read.value.status_code === 'FINISHED') return refusal;
    const { httpStatus, platformCode, requestId } = refusal;
    const found = Object.entries({ httpStatus, platformCode, requestId }).filter(([, value]) => value !== undefined);
    return { kind: 'unknown', ...Object.fromEntries(found), detail: 'throttled, and the container does not prove it' };
  }
}

/** The daily limit is judged before anything is published. */
const isDailyCap = ({ platformCode }: Refusal): boolean => platformCode === '9/2207042';
