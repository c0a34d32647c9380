import type { Clock } from '../../../kernel/clock.port.js';
import { MINUTE_MS } from '../../../kernel/durations.js';
import type { PlatformContext } from '../../domain/platform.port.js';
import type { PublishMedia } from '../../domain/publish-content.js';
import type { Rejected, Throttled, Unauthorised, Unavailable } from '../../domain/publish-outcome.js';
import { beforeCommit, evidence, refusalOf, unavailable } from '../../domain/refusal.js';
import { readJson } from '../../infrastructure/json-body.js';
import type { PlatformAnswer } from '../../infrastructure/platform-http.js';
import { type BlobJson, uploadLimits, videoJob, type VideoJob } from './skylight.answers.js';
import { type SkylightClient, xrpcUrl } from './skylight.client.js';
import type { SkylightConfig } from './skylight.config.js';
import { DAILY_LIMIT, VIDEO_ERRORS } from './skylight.errors.map.js';
import { ownerMust, refusalIn } from './skylight.outcomes.js';

export type UploadRefusal = Rejected | Throttled | Unauthorised | Unavailable;

/** `lost`: the service does not know the job. `failed`: it gave up; a new upload may do better unless `refusal` is final. */
export type JobLook =
  | { readonly kind: 'done'; readonly blob: BlobJson }
  | { readonly kind: 'working' }
  | { readonly kind: 'lost' }
  | { readonly kind: 'failed'; readonly refusal: Rejected | Unavailable }
  | UploadRefusal;

/** Life of an upload token: an upload may take long (`platforms.md` 4.5: at most 1 h with `lxm`). */
const UPLOAD_TOKEN_MS = 30 * MINUTE_MS;

const UPLOAD_BLOB = 'com.atproto.repo.uploadBlob';
const GET_LIMITS = 'app.bsky.video.getUploadLimits';

/** Bluesky's video service: takes the bytes, makes them playable, writes the blob to the account's PDS. */
export class SkylightVideo {
  constructor(
    private readonly config: SkylightConfig,
    private readonly client: SkylightClient,
    private readonly clock: Clock,
  ) {}

  /** What forbids another upload today; nothing when there is room. */
  async refusedToday(ctx: PlatformContext, bytes: number): Promise<UploadRefusal | undefined> {
    const token = await this.serviceToken(ctx, { aud: this.config.videoDid, lxm: GET_LIMITS });
    if (typeof token !== 'string') return token;
    const answer = await this.send(ctx, { method: 'GET', nsid: GET_LIMITS, token });
    const limits =
      answer.kind === 'response' && answer.status === 200 ? readJson(answer.text, uploadLimits) : undefined;
    if (!limits) return this.refusal(answer);
    const { canUpload, remainingDailyVideos = Infinity, remainingDailyBytes = Infinity, error, message } = limits;
    if (canUpload && remainingDailyVideos > 0 && remainingDailyBytes >= bytes) return undefined;
    if (isUnconfirmed(error, message)) return CONFIRM_EMAIL;
    const found = evidence({ httpStatus: 200, platformCode: error ?? 'daily_limit', detail: message });
    return beforeCommit(refusalOf(DAILY_LIMIT, found, { now: this.clock.now() }));
  }

  /** Sends the bytes; the same bytes again get the job that there is. @returns the job's id */
  async upload(ctx: PlatformContext, media: PublishMedia, name: string): Promise<string | UploadRefusal> {
    const pds = new URL(this.client.serviceOf(ctx.credentials)).hostname;
    const exp = Math.floor((this.clock.now().getTime() + UPLOAD_TOKEN_MS) / 1000);
    // The service writes the blob to the PDS in our name, so the token is meant for the PDS.
    const token = await this.serviceToken(ctx, { aud: `did:web:${pds}`, lxm: UPLOAD_BLOB, exp });
    if (typeof token !== 'string') return token;
    const url = xrpcUrl(this.config.videoUrl, 'app.bsky.video.uploadVideo', { did: ctx.externalId, name });
    const answer = await this.client.send({
      method: 'POST',
      url,
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': media.mimeType,
        'content-length': String(media.bytes),
      },
      body: media.open(),
      signal: ctx.signal,
      kind: 'upload',
    });
    const job = isJobAnswer(answer) ? readJson(answer.text, videoJob) : undefined;
    return job?.jobId ?? this.refusal(answer);
  }

  async look(ctx: PlatformContext, jobId: string): Promise<JobLook> {
    const url = xrpcUrl(this.config.videoUrl, 'app.bsky.video.getJobStatus', { jobId });
    const answer = await this.client.send({ method: 'GET', url, signal: ctx.signal });
    const job = answer.kind === 'response' && answer.status === 200 ? readJson(answer.text, videoJob) : undefined;
    if (job) return this.judge(job);
    const isUnknownJob = answer.kind === 'response' && (answer.status === 404 || answer.status === 400);
    return isUnknownJob ? { kind: 'lost' } : this.refusal(answer);
  }

  /** A blob is success whatever the state says; a state nobody documented is work in progress. */
  private judge(job: VideoJob): JobLook {
    if (job.blob) return { kind: 'done', blob: job.blob };
    if (job.state !== 'JOB_STATE_FAILED') return { kind: 'working' };
    const code = job.failureCode ?? job.error;
    if (isUnconfirmed(code, job.message)) return { kind: 'failed', refusal: CONFIRM_EMAIL };
    this.client.report('jobStatus', code);
    const meaning = (code !== undefined && VIDEO_ERRORS.get(code)) || unavailable;
    const found = evidence({ platformCode: code ?? 'JOB_STATE_FAILED', detail: job.message ?? job.error });
    const refusal = beforeCommit(refusalOf(meaning, found, { now: this.clock.now() }));
    return { kind: 'failed', refusal: refusal as Rejected | Unavailable };
  }

  private async serviceToken(
    ctx: PlatformContext,
    query: { aud: string; lxm: string; exp?: number },
  ): Promise<string | UploadRefusal> {
    const run = { signed: true };
    const read = await this.client.call(ctx, (agent) => agent.com.atproto.server.getServiceAuth(query), run);
    return read.kind === 'ok' ? read.value.token : beforeCommit(refusalIn(read.answer, this.clock.now()));
  }

  private send(ctx: PlatformContext, call: { method: 'GET'; nsid: string; token: string }): Promise<PlatformAnswer> {
    const url = xrpcUrl(this.config.videoUrl, call.nsid);
    const headers = { authorization: `Bearer ${call.token}` };
    return this.client.send({ method: call.method, url, headers, signal: ctx.signal });
  }

  /** The service's words about its own token say nothing about the account's session. */
  private refusal(answer: PlatformAnswer): UploadRefusal {
    const refusal = beforeCommit(refusalIn(answer, this.clock.now(), VIDEO_ERRORS));
    const { platformCode, detail } = refusal;
    if (isUnconfirmed(platformCode, detail)) return { ...refusal, ...CONFIRM_EMAIL };
    if (answer.kind === 'response' && answer.status === 413)
      return { ...refusal, kind: 'rejected', category: 'user_content' };
    return refusal;
  }
}

const CONFIRM_EMAIL = ownerMust(
  'unconfirmed_email',
  'Confirm the e-mail address of this account (its settings, "Verify e-mail"), then try again: without it no video is taken.',
);

const isUnconfirmed = (code: string | undefined, message: string | undefined): boolean =>
  code === 'unconfirmed_email' || message === 'unconfirmed_email';

/** 409 `already_exists` brings the job of the first upload. */
const isJobAnswer = (answer: PlatformAnswer): answer is Extract<PlatformAnswer, { kind: 'response' }> =>
  answer.kind === 'response' && ((answer.status >= 200 && answer.status < 300) || answer.status === 409);
