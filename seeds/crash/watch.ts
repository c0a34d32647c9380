import { setTimeout as pause } from 'node:timers/promises';
import type { Snapshot } from './checker/rows.ts';
import type { Stage } from './stage.ts';
import { takeSnapshot } from './tables.ts';
import { CallLog } from './truth.ts';

/** How often the run is looked at. */
export const LOOK_EVERY_MS = 1_500;
/** Follows tables and calls while the run goes on. */
export class Watch {
  readonly snapshots: Snapshot[] = [];
  readonly log: CallLog;
  /** Targets that still move; every one before the first look. */
  open = Infinity;
  private isOver = false;
  private before = '';

  private readonly stage: Stage;
  private readonly say: (line: string) => void;

  constructor(stage: Stage, say: (line: string) => void) {
    this.stage = stage;
    this.say = say;
    this.log = new CallLog(stage.sandbox);
  }

  async run(): Promise<void> {
    while (!this.isOver) {
      await this.log.follow();
      this.snapshots.push(await takeSnapshot(this.stage.db, this.snapshots.at(-1)));
      await this.count();
      await pause(LOOK_EVERY_MS);
    }
  }

  stop(): void {
    this.isOver = true;
  }

  private async count(): Promise<void> {
    const { rows } = await this.stage.db.query<{ status: string; count: number }>(
      'select status, count(*)::int as count from target group by status order by status',
    );
    this.open = rows.reduce((sum, { status, count }) => sum + (MOVING.includes(status) ? count : 0), 0);
    const line = rows.map(({ status, count }) => `${count} ${status}`).join(', ');
    if (line !== this.before) this.say(line);
    this.before = line;
  }
}

const MOVING = ['scheduled', 'held', 'publishing', 'unconfirmed'];
