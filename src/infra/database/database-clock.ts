import { Injectable } from '@nestjs/common';
import { Clock } from '../../kernel/clock.port.js';
import { Database } from './database.js';

/** This process's clock, corrected by its measured distance from the database's (design 4.11). */
@Injectable()
export class DatabaseClock extends Clock {
  private offset = 0;

  constructor(private readonly database: Database) {
    super();
  }

  /** How far this process's clock is behind the database's, ms; negative when ahead. */
  get offsetMs(): number {
    return this.offset;
  }

  now(): Date {
    return new Date(Date.now() + this.offset);
  }

  /** Asks the database for its time and takes the middle of the round trip as the moment of the answer. */
  async measure(): Promise<void> {
    const sent = Date.now();
    const answer = await this.database.row<{ now: Date }>('select clock_timestamp() as now');
    if (answer) this.offset = answer.now.getTime() - (sent + Date.now()) / 2;
  }
}
