import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Ticks } from '../../infra/jobs/ticks.js';
import { HOUR_MS } from '../../kernel/durations.js';
import { SweepMediaFiles } from '../application/sweep-media-files.js';

/** Looks for ownerless files once an hour in every process, since each may have its own disk. */
@Injectable()
export class SweepMediaFilesJob implements OnModuleInit {
  constructor(
    private readonly ticks: Ticks,
    private readonly sweep: SweepMediaFiles,
  ) {}

  onModuleInit(): void {
    this.ticks.every('library.sweep_media_files', HOUR_MS, () => this.sweep.runOnce());
  }
}
