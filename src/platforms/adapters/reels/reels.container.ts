import { DAY_MS, MINUTE_MS, plusMs } from '../../../kernel/durations.js';
import type { PlatformContext } from '../../domain/platform.port.js';
import type { PublishContent } from '../../domain/publish-content.js';
import type { PrepareOutcome, Rejected } from '../../domain/publish-outcome.js';
import { beforeCommit, type Refusal, refusalOf } from '../../domain/refusal.js';
import { readJson } from '../../infrastructure/json-body.js';
import { redactSecrets } from '../../infrastructure/redact-secrets.js';
import * as answers from './reels.answers.js';
import type { ReelsClient } from './reels.client.js';
import type { ReelsConfig } from './reels.config.js';
import { containerFields, HOSTING_NEEDED, UNREACHABLE } from './reels.fields.js';
import { budgetUsed, containerCode, containerError, flat, UNFETCHED } from './reels.outcomes.js';
import type { ReelsReader } from './reels.reader.js';
import { pollDelayMs, type ReelsResume } from './reels.resume.js';

/** Containers made because the one before ended in `ERROR`; a file that could not be fetched gets more chances. */
const MAX_RESTARTS = 1;
const MAX_REFETCHES = 3;
/** Hosted files outlive the post's own usefulness by this much: Instagram fetches soon, but promises nothing. */
const HOSTED_BEYOND_MS = DAY_MS;

/** Above this share of the call budget Meta asks to slow down: then no more than the official once a minute. */
const BUSY_PERCENT = 75;
const BUSY_POLL_MS = MINUTE_MS;

interface Dead {
  readonly token: ReelsResume;
  readonly because: Refusal;
}

/** A container from creation to `FINISHED`. None of it can become visible by itself (`platforms.md` 2.2). */
export class ReelsContainer {
  constructor(
    private readonly client: ReelsClient,
    private readonly reader: ReelsReader,
    private readonly source: ReelsConfig['source'],
  ) {}

  async create(ctx: PlatformContext, content: PublishContent, restarts: number): Promise<PrepareOutcome> {
    const file = this.fileOf(content);
    if ('kind' in file) return file;
    const answer = await this.client.createContainer(ctx, { ...containerFields(content), ...file.fields });
    const read = this.reader.read(answer, answers.container);
    if (read.kind !== 'ok') return beforeCommit(named(flat(read)));
    const { id: handle, uri } = read.value;
    const uploadUri = this.client.uploadUri(handle, uri);
    const step = this.source === 'url' ? 'processing' : 'upload';
    return { kind: 'saved', resume: { handle, uploadUri, step, polls: 0, restarts } };
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
    const read = this.reader.read(answer, answers.containerStatus);
    if (read.kind === 'restart') return this.restart(ctx, content, { token, because: read.because });
    if (read.kind !== 'ok') return beforeCommit(read);
    switch (read.value.status_code) {
      case 'FINISHED':
        return { kind: 'ready', resume: { ...token, step: 'ready' } };
      case 'PUBLISHED':
        return { kind: 'ready', resume: { ...token, step: 'published' } };
      case 'ERROR':
        return this.failed(ctx, content, { token, status: read.value });
      case 'EXPIRED':
        // A day went by; nothing is wrong with the file.
        return this.create(ctx, content, token.restarts);
      default:
        return this.wait(ctx, content, { token, isBusy: budgetUsed(answer) > BUSY_PERCENT });
    }
  }

  private fileOf({ media, staleAt }: PublishContent): { readonly fields: Readonly<Record<string, string>> } | Rejected {
    if (this.source === 'bytes') return { fields: { upload_type: 'resumable' } };
    const url = media.hostedUrl?.(plusMs(staleAt, HOSTED_BEYOND_MS));
    return url === undefined ? HOSTING_NEEDED : { fields: { video_url: url } };
  }

  private wait(
    ctx: PlatformContext,
    content: PublishContent,
    { token, isBusy }: { readonly token: ReelsResume; readonly isBusy: boolean },
  ): Promise<PrepareOutcome> {
    const pauseMs = pollDelayMs(token.polls);
    if (pauseMs !== undefined) {
      const afterMs = isBusy ? Math.max(pauseMs, BUSY_POLL_MS) : pauseMs;
      return Promise.resolve({ kind: 'wait', resume: { ...token, polls: token.polls + 1 }, afterMs });
    }
    const because: Refusal = {
      kind: 'unavailable',
      platformCode: 'IN_PROGRESS',
      detail: 'an hour without being ready',
    };
    return this.restart(ctx, content, { token, because });
  }

  /** A container in `ERROR` stays so: what its text does not blame on the file is tried again, then given up. */
  private failed(
    ctx: PlatformContext,
    content: PublishContent,
    { token, status }: { readonly token: ReelsResume; readonly status: answers.ContainerStatus },
  ): Promise<PrepareOutcome> {
    this.reader.noteFailed(status);
    const meaning = containerError(status);
    const platformCode = containerCode(status);
    const found = { platformCode, detail: 'the container ended in ERROR' };
    if (meaning !== 'restart' && meaning.kind !== 'unavailable')
      return Promise.resolve(beforeCommit(refusalOf(meaning, found, { now: this.reader.now })));
    const isUnfetched = platformCode === UNFETCHED;
    const gaveUp: Rejected = { kind: 'rejected', category: 'platform_rejected', ...found };
    return token.restarts < (isUnfetched ? MAX_REFETCHES : MAX_RESTARTS)
      ? this.create(ctx, content, token.restarts + 1)
      : Promise.resolve(isUnfetched ? { ...gaveUp, detail: UNREACHABLE } : gaveUp);
  }

  private restart(ctx: PlatformContext, content: PublishContent, { token, because }: Dead): Promise<PrepareOutcome> {
    return token.restarts < MAX_RESTARTS
      ? this.create(ctx, content, token.restarts + 1)
      : Promise.resolve(beforeCommit(because));
  }
}

/** Instagram blames the address; the operator needs to know that it is ours. */
const named = (refusal: Refusal): Refusal =>
  refusal.platformCode?.endsWith(UNFETCHED) ? { ...refusal, detail: UNREACHABLE } : refusal;
