import type { Clock } from '../../../kernel/clock.port.js';
import type { PlatformContext } from '../../domain/platform.port.js';
import type { PublishContent } from '../../domain/publish-content.js';
import type { PrepareOutcome } from '../../domain/publish-outcome.js';
import { beforeCommit, type Refusal, refusalOf } from '../../domain/refusal.js';
import { readJson } from '../../infrastructure/json-body.js';
import { redactSecrets } from '../../infrastructure/redact-secrets.js';
import * as answers from './reels.answers.js';
import type { ReelsClient } from './reels.client.js';
import { containerCode, containerError, flat, readGraph } from './reels.outcomes.js';
import { pollDelayMs, type ReelsResume } from './reels.resume.js';

const MAX_RESTARTS = 1;

/** A container from creation to `FINISHED`. None of it can become visible by itself (`platforms.md` 2.2). */
export class ReelsContainer {
  constructor(
    private readonly client: ReelsClient,
    private readonly clock: Clock,
  ) {}

  async create(ctx: PlatformContext, content: PublishContent, restarts: number): Promise<PrepareOutcome> {
    const answer = await this.client.createContainer(ctx, containerFields(content));
    const read = readGraph(answer, answers.container, { moment: 'prepare', now: this.clock.now() });
    if (read.kind !== 'ok') return beforeCommit(flat(read));
    const { id: handle, uri } = read.value;
    const uploadUri = uri ?? this.client.uploadUri(handle);
    return { kind: 'saved', resume: { handle, uploadUri, step: 'upload', polls: 0, restarts } };
  }

  async upload(ctx: PlatformContext, content: PublishContent, token: ReelsResume): Promise<PrepareOutcome> {
    const { bytes } = content.media;
    const answer = await this.client.upload(ctx, token.uploadUri, { bytes, body: content.media.open() });
    const next = { ...token, step: 'processing' as const };
    if (answer.kind !== 'response') return { kind: 'unavailable', detail: answer.detail };
    if (answer.status === 200 && readJson(answer.text, answers.uploaded)) return { kind: 'saved', resume: next };
    if (answer.status === 401) return { kind: 'unauthorised', reconnect: false, httpStatus: 401 };
    const failed = readJson(answer.text, answers.uploadFailed)?.debug_info;
    const detail = failed?.message && redactSecrets(failed.message);
    const because: Refusal = { kind: 'unavailable', httpStatus: answer.status, ...(detail ? { detail } : {}) };
    // How many bytes a broken transfer left is not well documented; a new container costs nothing.
    return failed && failed.retriable !== true ? this.restart(ctx, content, { token, because }) : because;
  }

  /** One look at the container; the caller waits between looks. */
  async poll(ctx: PlatformContext, content: PublishContent, token: ReelsResume): Promise<PrepareOutcome> {
    const answer = await this.client.containerStatus(ctx, token.handle);
    const read = readGraph(answer, answers.containerStatus, { moment: 'prepare', now: this.clock.now() });
    if (read.kind === 'restart') return this.restart(ctx, content, { token, because: read.because });
    if (read.kind !== 'ok') return beforeCommit(read);
    switch (read.value.status_code) {
      case 'FINISHED':
        return { kind: 'ready', resume: { ...token, step: 'ready' } };
      case 'PUBLISHED':
        return { kind: 'ready', resume: { ...token, step: 'published' } };
      case 'ERROR':
        return this.failed(ctx, content, { token, status: read.value });
      case 'EXPIRED': {
        const because: Refusal = { kind: 'unavailable', platformCode: 'EXPIRED' };
        return this.restart(ctx, content, { token, because });
      }
      default:
        return this.wait(ctx, content, token);
    }
  }

  private wait(ctx: PlatformContext, content: PublishContent, token: ReelsResume): Promise<PrepareOutcome> {
    const afterMs = pollDelayMs(token.polls);
    if (afterMs !== undefined)
      return Promise.resolve({ kind: 'wait', resume: { ...token, polls: token.polls + 1 }, afterMs });
    const because: Refusal = {
      kind: 'unavailable',
      platformCode: 'IN_PROGRESS',
      detail: 'an hour without being ready',
    };
    return this.restart(ctx, content, { token, because });
  }

  private failed(
    ctx: PlatformContext,
    content: PublishContent,
    found: { readonly token: ReelsResume; readonly status: answers.ContainerStatus },
  ): Promise<PrepareOutcome> {
    const meaning = containerError(found.status);
    const platformCode = containerCode(found.status);
    const because: Refusal = { kind: 'unavailable', platformCode, detail: 'the container ended in ERROR' };
    if (meaning === 'restart') return this.restart(ctx, content, { token: found.token, because });
    const { detail } = because;
    const refusal = refusalOf(meaning, { platformCode, ...(detail ? { detail } : {}) }, { now: this.clock.now() });
    return Promise.resolve(beforeCommit(refusal));
  }

  private restart(
    ctx: PlatformContext,
    content: PublishContent,
    dead: { readonly token: ReelsResume; readonly because: Refusal },
  ): Promise<PrepareOutcome> {
    const { token, because } = dead;
    return token.restarts < MAX_RESTARTS
      ? this.create(ctx, content, token.restarts + 1)
      : Promise.resolve(beforeCommit(because));
  }
}

const containerFields = ({ caption, options }: PublishContent): Record<string, string> => ({
  media_type: 'REELS',
  upload_type: 'resumable',
  caption,
  ...(typeof options['shareToFeed'] === 'boolean' ? { share_to_feed: String(options['shareToFeed']) } : {}),
  ...(typeof options['thumbOffsetMs'] === 'number' ? { thumb_offset: String(options['thumbOffsetMs']) } : {}),
  ...(typeof options['audioName'] === 'string' ? { audio_name: options['audioName'] } : {}),
  ...(typeof options['isAiGenerated'] === 'boolean' ? { is_ai_generated: String(options['isAiGenerated']) } : {}),
});
