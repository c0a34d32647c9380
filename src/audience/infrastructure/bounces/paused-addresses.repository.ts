import { Injectable } from '@nestjs/common';
import { Database } from '../../../infra/database/database.js';
import { PausedAddresses } from '../../domain/bounces/paused-addresses.port.js';

@Injectable()
export class PausedAddressesRepository extends PausedAddresses {
  constructor(private readonly database: Database) {
    super();
  }

  override lift(olderThanMs: number): Promise<number> {
    return this.database.affected(
      `delete from suppression where reason = 'paused'
          and at < statement_timestamp() - $1::float8 * interval '1 millisecond'`,
      [olderThanMs],
    );
  }
}
