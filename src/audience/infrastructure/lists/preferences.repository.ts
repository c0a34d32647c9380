import { Injectable } from '@nestjs/common';
import { Database } from '../../../infra/database/database.js';
import type { Tx } from '../../../kernel/transaction.js';
import { type PreferenceRecord, Preferences } from '../../domain/lists/preferences.port.js';

const BY_TOKEN = `
  select workspace_id as "workspaceId", id as "subscriberId", status, phone_status as "phoneStatus", accepts, email,
         phone, language, zone
    from subscriber where unsubscribe_token = $1`;

@Injectable()
export class PreferencesRepository extends Preferences {
  constructor(private readonly database: Database) {
    super();
  }

  byToken(token: string): Promise<PreferenceRecord | undefined> {
    return this.database.row<PreferenceRecord>(BY_TOKEN, [token]);
  }

  lockByToken(token: string, tx: Tx): Promise<PreferenceRecord | undefined> {
    return this.database.row<PreferenceRecord>(`${BY_TOKEN} for update`, [token], tx);
  }

  async save(
    { workspaceId, subscriberId }: PreferenceRecord,
    { accepts, language, zone }: Pick<PreferenceRecord, 'accepts' | 'language' | 'zone'>,
    tx: Tx,
  ): Promise<void> {
    await this.database.affected(
      `update subscriber set accepts = $3, language = $4, zone = $5, updated_at = clock_timestamp()
        where workspace_id = $1 and id = $2`,
      [workspaceId, subscriberId, accepts, language, zone],
      tx,
    );
  }
}
