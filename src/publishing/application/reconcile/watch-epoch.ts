import { Injectable, Logger } from '@nestjs/common';
import { type EpochMark, judgeEpoch } from '../../domain/reconcile/epoch.policy.js';
import { EpochFile, InstanceRecord } from '../../domain/reconcile/epoch.port.js';
import { Engine } from '../engine.js';

/** Whether our files outlive processes. */
export abstract class Durability {
  abstract readonly isDurable: boolean;
}

/** Notices that the database went back in time, at the start and while running, and says so in the database itself. */
@Injectable()
export class WatchEpoch {
  private readonly logger = new Logger('Epoch');
  private mark: EpochMark | undefined;
  private cannotWrite = false;

  constructor(
    private readonly record: InstanceRecord,
    private readonly file: EpochFile,
    private readonly durability: Durability,
    private readonly engine: Engine,
  ) {}

  /** Before anything is fired. */
  async start(): Promise<void> {
    await this.record.setOverdue(this.engine.settings.timing.overdueMs);
    const row = await this.record.read();
    const { isDurable } = this.durability;
    // A running process knows better than its file.
    const file = this.mark ?? (await this.file.read());
    const verdict = judgeEpoch({ file, row, isDurable, now: this.engine.now() });
    const mark = verdict.kind === 'restored' ? await this.record.markRestored(row.epoch) : row;
    if (verdict.kind === 'restored')
      this.logger.error(
        { because: verdict.because },
        'THE DATABASE WAS RESTORED: everything that was due until now is looked for before it is sent',
      );
    this.mark = { epoch: mark.epoch, beat: mark.beat };
    await this.beat();
  }

  /** Every few seconds: the database first, then the file, so that the file is never ahead of a healthy database. */
  async runOnce(): Promise<void> {
    if (!this.mark || !(await this.beat())) await this.start();
  }

  private async beat(): Promise<boolean> {
    const mark = this.mark && (await this.record.beat(this.mark));
    if (!mark) return false;
    this.mark = mark;
    await this.file.write(mark).then(
      () => (this.cannotWrite = false),
      (error: unknown) => {
        if (!this.cannotWrite) this.logger.warn({ err: error }, 'The mark beside the files cannot be written');
        this.cannotWrite = true;
      },
    );
    return true;
  }
}
