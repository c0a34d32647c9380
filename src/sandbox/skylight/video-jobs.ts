import { createHash } from 'node:crypto';
import { drawFailure, runProcessing } from '../world/processing.js';
import type { SandboxAccount } from '../world/sandbox-platform.js';
import type { World } from '../world/world.js';

type State =
  | 'JOB_STATE_CREATED'
  | 'JOB_STATE_ENCODING'
  | 'JOB_STATE_SCANNING'
  | 'JOB_STATE_UPLOADING'
  | 'JOB_STATE_COMPLETED'
  | 'JOB_STATE_FAILED';

/** A job as `getJobStatus` shows it. */
export interface VideoJob {
  readonly jobId: string;
  readonly did: string;
  state: State;
  progress: number;
  blob?: unknown;
  error?: string;
  failureCode?: string;
  message?: string;
}

interface Upload {
  readonly account: SandboxAccount;
  readonly bytes: Buffer;
  /** Puts the finished video onto the account's PDS. */
  readonly deliver: (bytes: Buffer) => Promise<unknown>;
}

const DAY_MS = 86_400_000;
/** States shown while the work goes on, by how much of it is done. */
const STAGES: readonly State[] = [
  'JOB_STATE_CREATED',
  'JOB_STATE_ENCODING',
  'JOB_STATE_SCANNING',
  'JOB_STATE_UPLOADING',
];

/** The video service's books: jobs, what was seen before, and what each account used up today. */
export class VideoJobs {
  readonly #jobs = new Map<string, VideoJob>();
  readonly #byContent = new Map<string, VideoJob>();
  readonly #used: { did: string; day: number; bytes: number }[] = [];

  constructor(private readonly world: World) {}

  find(jobId: string): VideoJob | undefined {
    return this.#jobs.get(jobId);
  }

  /** What is left today. */
  left(did: string): { videos: number; bytes: number } {
    const { skylightDailyVideos, skylightDailyBytes } = this.world.settings;
    const today = this.#used.filter((use) => use.did === did && use.day === this.day());
    const bytes = today.reduce((sum, use) => sum + use.bytes, 0);
    return { videos: Math.max(0, skylightDailyVideos - today.length), bytes: Math.max(0, skylightDailyBytes - bytes) };
  }

  /** The job these bytes have or had for this account; one that failed may be tried again. */
  known(did: string, bytes: Buffer): VideoJob | undefined {
    const job = this.#byContent.get(contentKey(did, bytes));
    return job?.state === 'JOB_STATE_FAILED' ? undefined : job;
  }

  start({ account, bytes, deliver }: Upload): VideoJob {
    const did = account.externalId;
    const job: VideoJob = { jobId: this.world.ids.word(20), did, state: 'JOB_STATE_CREATED', progress: 0 };
    this.#jobs.set(job.jobId, job);
    this.#byContent.set(contentKey(did, bytes), job);
    this.#used.push({ did, day: this.day(), bytes: bytes.length });
    const failureCode = drawFailure(this.world, account, 'generic_failure');
    const total = this.world.settings.skylightVideoProcessingMs;
    for (const [step, state] of STAGES.entries()) {
      const share = step / STAGES.length;
      this.world.clock.after(total * share, () => this.show(job, state, Math.round(share * 100)));
    }
    runProcessing(this.world, account, total, () =>
      failureCode === undefined ? this.finish(job, bytes, deliver) : fail(job, failureCode),
    );
    return job;
  }

  reset(): void {
    this.#jobs.clear();
    this.#byContent.clear();
    this.#used.length = 0;
  }

  private day(): number {
    return Math.floor(this.world.clock.nowMs() / DAY_MS);
  }

  private show(job: VideoJob, state: State, progress: number): void {
    if (job.state !== 'JOB_STATE_COMPLETED' && job.state !== 'JOB_STATE_FAILED')
      Object.assign(job, { state, progress });
  }

  private async finish(job: VideoJob, bytes: Buffer, deliver: Upload['deliver']): Promise<void> {
    try {
      Object.assign(job, { blob: await deliver(bytes), state: 'JOB_STATE_COMPLETED', progress: 100 });
    } catch (error) {
      fail(job, 'pds_upload_failure', String(error));
    }
  }
}

const fail = (job: VideoJob, failureCode: string, message = 'Video processing failed'): void => {
  Object.assign(job, { state: 'JOB_STATE_FAILED', error: failureCode, failureCode, message });
};

const contentKey = (did: string, bytes: Buffer): string => `${did} ${createHash('sha256').update(bytes).digest('hex')}`;
