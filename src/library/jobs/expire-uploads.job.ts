import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Ticks } from '../../infra/jobs/ticks.js';
import { MINUTE_MS } from '../../kernel/durations.js';
import { UploadDesk } from '../application/upload-desk.js';

/**
 * Throws away uploads whose time is over. In every process, since each may have its own disk: parts on another one's
 * are left without a row, and its sweep takes them.
 */
@Injectable()
export class ExpireUploadsJob implements OnModuleInit {
  constructor(
    private readonly ticks: Ticks,
    private readonly desk: UploadDesk,
  ) {}

  onModuleInit(): void {
    this.ticks.every('library.expire_uploads', MINUTE_MS, () => this.desk.expireOnce());
  }
}
