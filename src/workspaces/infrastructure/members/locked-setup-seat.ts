import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { LockSession } from '../../../infra/jobs/lock-session.js';
import { SetupSeat } from '../../domain/members/setup-seat.port.js';

const TRY = `select pg_try_advisory_lock(hashtextextended($1, 0)) as taken`;

/** A session lock: the database gives it back when the process ends, however it does. */
@Injectable()
export class LockedSetupSeat extends SetupSeat implements OnModuleDestroy {
  private readonly session: LockSession;

  constructor(dataSource: DataSource) {
    super();
    this.session = new LockSession(dataSource);
  }

  async take(): Promise<boolean> {
    const [row] = await this.session.query<{ taken: boolean }>(TRY, 'workspaces.setup_seat');
    if (!row?.taken) await this.leave();
    return row?.taken === true;
  }

  leave(): Promise<void> {
    return this.session.end();
  }

  onModuleDestroy(): Promise<void> {
    return this.leave();
  }
}
