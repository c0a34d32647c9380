import { randomUUID } from 'node:crypto';
import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { LockSession } from '../../../infra/jobs/lock-session.js';
import { SenderPresence } from '../../domain/sending/sender-presence.port.js';

/** Held already, or taken now; a new connection after a broken one holds nothing. */
const TAKE = `
select exists (select 1 from pg_locks where pid = pg_backend_pid() and locktype = 'advisory')
    or pg_try_advisory_lock(hashtextextended('mail-sender|' || $1, 0)) as taken`;

/** A session lock per process; PostgreSQL frees it when the process or its connection dies. */
@Injectable()
export class LockedSenderPresence extends SenderPresence implements BeforeApplicationShutdown {
  readonly senderId = randomUUID();
  private readonly session: LockSession;

  constructor(dataSource: DataSource) {
    super();
    this.session = new LockSession(dataSource);
  }

  async ensure(): Promise<void> {
    await this.session.query(TAKE, this.senderId);
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.session.end();
  }
}
