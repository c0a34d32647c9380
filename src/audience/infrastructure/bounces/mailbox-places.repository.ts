import { Injectable } from '@nestjs/common';
import { Database } from '../../../infra/database/database.js';
import { type MailboxPlace, MailboxPlaces } from '../../domain/bounces/bounce-mailbox.port.js';

@Injectable()
export class MailboxPlacesRepository extends MailboxPlaces {
  constructor(private readonly database: Database) {
    super();
  }

  override get(mailbox: string): Promise<MailboxPlace | undefined> {
    return this.database.row('select validity, uid::int8::float8 as uid from bounce_mailbox where mailbox = $1', [
      mailbox,
    ]);
  }

  override async set(mailbox: string, { validity, uid }: MailboxPlace): Promise<void> {
    await this.database.affected(
      `insert into bounce_mailbox (mailbox, validity, uid) values ($1, $2, $3)
       on conflict (mailbox) do update set validity = excluded.validity, uid = excluded.uid, read_at = clock_timestamp()`,
      [mailbox, validity, uid],
    );
  }
}
