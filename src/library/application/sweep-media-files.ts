import { Injectable } from '@nestjs/common';
import { Clock } from '../../kernel/clock.port.js';
import { HOUR_MS, plusMs } from '../../kernel/durations.js';
import { MediaRecords } from '../domain/media-records.port.js';
import { MediaStorage } from '../domain/media-storage.port.js';

/** An upload that was never finished is nobody's after this long; a running one keeps writing. */
const ORPHAN_AFTER_MS = HOUR_MS;

/** Removes files that belong to no media and no running upload: left by a crash between the bytes and their row. */
@Injectable()
export class SweepMediaFiles {
  constructor(
    private readonly clock: Clock,
    private readonly storage: MediaStorage,
    private readonly records: MediaRecords,
  ) {}

  /** @returns how many files were removed */
  async runOnce(): Promise<number> {
    let removed = 0;
    for await (const storageKeys of this.storage.writtenBefore(plusMs(this.clock.now(), -ORPHAN_AFTER_MS))) {
      const owned = new Set(await this.records.owned(storageKeys));
      for (const storageKey of storageKeys) {
        if (owned.has(storageKey)) continue;
        await this.storage.discard(storageKey);
        removed += 1;
      }
    }
    return removed;
  }
}
