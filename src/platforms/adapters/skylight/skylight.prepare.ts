import { lexToJson } from '@atproto/api';
import { z } from 'zod';
import type { Clock } from '../../../kernel/clock.port.js';
import { MINUTE_MS, SECOND_MS } from '../../../kernel/durations.js';
import type { PlatformContext } from '../../domain/platform.port.js';
import type { PublishContent } from '../../domain/publish-content.js';
import type { PrepareOutcome, ProbeOutcome, ResumeToken, Unauthorised } from '../../domain/publish-outcome.js';
import { beforeCommit, evidence } from '../../domain/refusal.js';
import { type BlobJson, blobJson } from './skylight.answers.js';
import type { SkylightClient } from './skylight.client.js';
import type { SkylightConfig } from './skylight.config.js';
import { refusalIn } from './skylight.outcomes.js';
import { freezeRecord, type FrozenRecord, withVideo } from './skylight.record.js';
import type { SkylightSessions } from './skylight.sessions.js';
import type { SkylightVideo } from './skylight.video.js';
import { tidFor } from './tid.js';

/** `platforms.md` 4.5: poll every 1-2 s, give up at 10 min, then upload again, which is safe. */
const POLL_MS = 1_500;
const GIVE_UP_MS = 10 * MINUTE_MS;
/** After a job that failed without a reason of ours. */
const RESTART_AFTER_MS = 30 * SECOND_MS;
/** Uploads of one video whose job came to nothing; then the service's own reason is believed. */
const MAX_JOBS = 3;

/** What survives between two steps; a record, once frozen, stays the same over all tries. */
const progress = z.object({
  record: z.record(z.string(), z.unknown()).optional(),
  jobId: z.string().optional(),
  uploadedAt: z.string().optional(),
  jobs: z.number().int().min(0).catch(0),
});
type Progress = z.infer<typeof progress>;

interface Work {
  readonly ctx: PlatformContext;
  readonly content: PublishContent;
  readonly done: Progress;
}

export interface PrepareParts {
  readonly config: SkylightConfig;
  readonly client: SkylightClient;
  readonly sessions: SkylightSessions;
  readonly video: SkylightVideo;
  readonly clock: Clock;
}

/** Everything before the record is written: the video as a blob of the PDS, and the frozen words. */
export class SkylightPreparation {
  constructor(private readonly parts: PrepareParts) {}

  next(ctx: PlatformContext, content: PublishContent, resume?: ResumeToken): Promise<PrepareOutcome> {
    const done = progress.safeParse(resume ?? {}).data ?? { jobs: 0 };
    const work: Work = { ctx, content, done };
    if (done.jobId !== undefined) return this.poll(work, done.jobId);
    return this.parts.config.upload === 'video' ? this.startJob(work) : this.uploadBlob(work);
  }

  /** What every upload to the video service begins with: asks whether there is room, sends nothing. A PDS has no such question. */
  async probe(ctx: PlatformContext | undefined): Promise<ProbeOutcome> {
    const { config, video, clock } = this.parts;
    if (!ctx || config.upload !== 'video') return { kind: 'skipped' };
    const startedMs = clock.now().getTime();
    const refusal = await video.refusedToday(ctx, 1);
    const latencyMs = clock.now().getTime() - startedMs;
    if (refusal?.kind !== 'unavailable') return { kind: 'good', latencyMs };
    const { httpStatus, platformCode, detail } = refusal;
    return { kind: 'bad', latencyMs, ...evidence({ httpStatus, platformCode, detail }) };
  }

  /** The same bytes get the same CID and an unreferenced blob vanishes, so a repeat is harmless. */
  private async uploadBlob(work: Work): Promise<PrepareOutcome> {
    const { media } = work.content;
    const headers = { 'content-length': String(media.bytes) };
    const read = await this.parts.client.call(
      work.ctx,
      (agent) => agent.com.atproto.repo.uploadBlob(media.open() as never, { encoding: media.mimeType, headers }),
      { kind: 'upload', signed: true },
    );
    if (read.kind === 'ok') return this.freeze(work, blobJson.parse(lexToJson(read.value.blob)));
    const refusal = beforeCommit(refusalIn(read.answer, this.parts.clock.now()));
    return (await this.doubt(work.ctx, refusal)) ?? refusal;
  }

  private async startJob(work: Work): Promise<PrepareOutcome> {
    const { ctx, content } = work;
    const refused = await this.parts.video.refusedToday(ctx, content.media.bytes);
    if (refused) return refused;
    const jobId = await this.parts.video.upload(ctx, content.media, `${rkeyOf(content)}.mp4`);
    if (typeof jobId !== 'string') return jobId;
    const jobs = work.done.jobs + 1;
    return this.wait(work, { jobId, jobs, uploadedAt: this.parts.clock.now().toISOString() }, POLL_MS);
  }

  private async poll(work: Work, jobId: string): Promise<PrepareOutcome> {
    const { record: _record, ...done } = work.done;
    const look = await this.parts.video.look(work.ctx, jobId);
    switch (look.kind) {
      case 'done':
        return this.freeze(work, look.blob);
      case 'working':
        return this.isOverdue(work.done)
          ? this.wait(work, { jobs: done.jobs }, POLL_MS)
          : this.wait(work, done, POLL_MS);
      case 'lost':
        return this.wait(work, { jobs: done.jobs }, POLL_MS);
      case 'failed':
        if (look.refusal.kind === 'rejected') return look.refusal;
        if (done.jobs >= MAX_JOBS) return { ...look.refusal, kind: 'rejected', category: 'platform_rejected' };
        return this.wait(work, { jobs: done.jobs }, RESTART_AFTER_MS);
      default:
        return look;
    }
  }

  private isOverdue({ uploadedAt }: Progress): boolean {
    return this.parts.clock.now().getTime() - Date.parse(uploadedAt ?? '') > GIVE_UP_MS;
  }

  private wait({ ctx, content, done }: Work, next: Omit<Progress, 'record'>, afterMs: number): PrepareOutcome {
    const { record } = done;
    const resume = { ...next, ...(record ? { record } : {}), handle: rkeyOf(content), did: ctx.externalId };
    return { kind: 'wait', resume, afterMs };
  }

  private async freeze({ ctx, content, done }: Work, blob: BlobJson): Promise<PrepareOutcome> {
    const record = await this.recordOf({ ctx, content, done }, blob);
    if ('kind' in record) return record;
    return { kind: 'ready', resume: { handle: rkeyOf(content), did: ctx.externalId, record: record.frozen } };
  }

  private async recordOf({ ctx, content, done }: Work, blob: BlobJson) {
    const old: FrozenRecord | undefined = done.record;
    if (old && old['text'] === content.caption) return { frozen: withVideo(old, blob) };
    const made = { blob, now: this.parts.clock.now() };
    return freezeRecord({ client: this.parts.client, caller: ctx }, content, made);
  }

  /** A PDS answers a blob with a bad token by 500 (measured on 0.5.35), like an outage; the session tells the two apart. */
  private async doubt(ctx: PlatformContext, refusal: { platformCode?: string }): Promise<Unauthorised | undefined> {
    return refusal.platformCode === 'InternalServerError' ? this.parts.sessions.doubtOf(ctx) : undefined;
  }
}

const rkeyOf = ({ scheduledAt, marker }: PublishContent): string => tidFor(scheduledAt, marker);
