import { Injectable } from '@nestjs/common';
import { Clock } from '../../kernel/clock.port.js';
import { Database } from './database.js';

/**
 * The database's time in this process (design 4.11). It runs on the monotonic clock: a step of the machine's wall clock
 * changes nothing, and a machine that slept is late until the next measurement, never early.
 */
@Injectable()
export class DatabaseClock extends Clock {
  /** The database's time when the monotonic clock stood at 0, epoch ms. */
  private origin = Date.now() - performance.now();

  constructor(private readonly database: Database) {
    super();
  }

  /** How far this machine's wall clock is behind the database's, ms; negative when ahead. */
  get offsetMs(): number {
    return this.now().getTime() - Date.now();
  }

  now(): Date {
    return new Date(this.origin + performance.now());
  }

  /** Asks the database for its time and takes the middle of the round trip as the moment of the answer. */
  async measure(): Promise<void> {
    const sent = performance.now();
    const answer = await this.database.row<{ now: Date }>('select clock_timestamp() as now');
    if (answer) this.origin = answer.now.getTime() - (sent + performance.now()) / 2;
  }
}
