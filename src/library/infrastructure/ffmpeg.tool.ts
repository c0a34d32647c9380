import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type BeforeApplicationShutdown, Logger, type OnModuleInit } from '@nestjs/common';
import { HOUR_MS, SECOND_MS } from '../../kernel/durations.js';
import { RENDER_MAX_BYTES } from '../domain/rendition.js';
import { type ToolInput, type ToolOutcome, VideoTool } from '../domain/video-tool.port.js';
import { type ConfinedEnd, type ProcessLimits, runConfined } from './confined-process.js';
import { INPUT_FILE, OUTPUT_FILE, PICTURE_FILE, pictureArguments, renderArguments } from './ffmpeg-arguments.js';

export interface FfmpegSettings {
  /** A path, or a name that is looked for where programs are. */
  readonly program: string;
  /** Temporary folders are made in here. */
  readonly folder: string;
  readonly timeoutSeconds: number;
  readonly memoryMb: number;
}

/** The coder's threads, and the reader's. */
const PROCESSORS = 2;
const MB = 1_048_576;
const PICTURE_LIMITS = { cpuSeconds: 20, fileBytes: 4 * MB, wallMs: 20 * SECOND_MS };
const LOOK_LIMITS = { memoryBytes: 2_048 * MB, cpuSeconds: 5, fileBytes: MB, wallMs: 10 * SECOND_MS };

/** ffmpeg in a confined child process, each run in a folder of its own that goes with it. */
export class FfmpegTool extends VideoTool implements OnModuleInit, BeforeApplicationShutdown {
  private readonly logger = new Logger('Ffmpeg');
  private readonly shutdown = new AbortController();
  private installed: Promise<boolean> | undefined;

  constructor(private readonly settings: FfmpegSettings) {
    super();
  }

  async onModuleInit(): Promise<void> {
    await this.sweep();
    if (!(await this.isInstalled())) this.logger.log(`No ${this.settings.program} here: no renditions, no thumbnails`);
  }

  /** Children end with us; what they made waits for another process. */
  beforeApplicationShutdown(): void {
    this.shutdown.abort(new Error('The process shuts down.'));
  }

  isInstalled(): Promise<boolean> {
    this.installed ??= this.look().catch(() => false);
    return this.installed;
  }

  async render<T>(
    input: ToolInput,
    { signal, onProgress }: { signal: AbortSignal; onProgress: (share: number) => void },
    take: (made: Readable) => Promise<T>,
  ): Promise<ToolOutcome<T>> {
    const { timeoutSeconds, memoryMb } = this.settings;
    const limits = {
      memoryBytes: memoryMb * MB,
      cpuSeconds: timeoutSeconds * PROCESSORS,
      fileBytes: RENDER_MAX_BYTES,
      wallMs: timeoutSeconds * SECOND_MS,
    };
    const args = renderArguments(input.media);
    const onLine = progressLines(input.media.durationMs, onProgress);
    return this.inFolder(input, { args, limits, signal, onLine }, (folder) =>
      take(createReadStream(join(folder, OUTPUT_FILE))),
    );
  }

  async thumbnail(input: ToolInput): Promise<ToolOutcome<Buffer>> {
    const limits = { ...PICTURE_LIMITS, memoryBytes: this.settings.memoryMb * MB };
    return this.inFolder(input, { args: pictureArguments(input.media), limits }, (folder) =>
      readFile(join(folder, PICTURE_FILE)),
    );
  }

  private async look(): Promise<boolean> {
    const { program, folder } = this.settings;
    if (program === '') return false;
    await mkdir(folder, { recursive: true });
    const end = await runConfined({ program, args: ['-version'], folder, limits: LOOK_LIMITS });
    return end.kind === 'exited' && end.code === 0;
  }

  private async inFolder<T>(input: ToolInput, run: Run, take: (folder: string) => Promise<T>): Promise<ToolOutcome<T>> {
    if (!(await this.isInstalled())) return { kind: 'no_tool' };
    const signal = AbortSignal.any([this.shutdown.signal, ...(run.signal ? [run.signal] : [])]);
    const folder = await mkdtemp(join(this.settings.folder, 'run-'));
    try {
      await pipeline(input.open(), createWriteStream(join(folder, INPUT_FILE)), { signal });
      const end = await runConfined({ ...run, program: this.settings.program, folder, signal });
      const failure = failureOf(end);
      if (failure) {
        this.logger.warn({ outcome: failure }, 'A video could not be worked on');
        return failure;
      }
      return { kind: 'made', value: await take(folder) };
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  /** Folders that a killed process left behind. */
  private async sweep(): Promise<void> {
    const { folder, timeoutSeconds } = this.settings;
    const oldest = Date.now() - HOUR_MS - timeoutSeconds * SECOND_MS;
    for (const name of await readdir(folder).catch(() => [])) {
      const path = join(folder, name);
      const found = await stat(path).catch(() => undefined);
      if (found && found.mtimeMs < oldest) await rm(path, { recursive: true, force: true });
    }
  }
}

interface Run {
  readonly args: readonly string[];
  readonly limits: ProcessLimits;
  readonly signal?: AbortSignal;
  readonly onLine?: (line: string) => void;
}

/** What ffmpeg says when a limit of ours made it give up by itself. */
const AT_LIMIT = /Cannot allocate memory|File too large|malloc of size|Resource temporarily unavailable/i;

const failureOf = (end: ConfinedEnd): Exclude<ToolOutcome<never>, { kind: 'made' }> | undefined => {
  switch (end.kind) {
    case 'not_found':
      return { kind: 'no_tool' };
    case 'stopped':
      return { kind: 'over_limit', detail: end.errors };
    case 'exited':
      if (end.code === 0) return undefined;
      return { kind: AT_LIMIT.test(end.errors) ? 'over_limit' : 'refused', detail: end.errors };
  }
};

/** ffmpeg's `-progress` lines as a share; microseconds of the result against the length of the original. */
const progressLines =
  (durationMs: number, onProgress: (share: number) => void) =>
  (line: string): void => {
    const us = Number(/^out_time_us=(\d+)$/.exec(line)?.[1] ?? NaN);
    if (Number.isFinite(us)) onProgress(Math.min(1, us / 1_000 / durationMs));
  };
