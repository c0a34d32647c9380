import { Injectable } from '@nestjs/common';
import { Database, isUniqueViolation } from '../../../infra/database/database.js';
import type { WorkspaceId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import {
  type SmsCountry,
  senderTaken,
  type SmsSettings,
  type SmsSettingsInput,
} from '../../domain/sms/sms-settings.js';
import { SmsSettingsStore } from '../../domain/sms/sms-settings.port.js';

const SETTINGS = `workspace_id as "workspaceId", is_on as "isOn", sender, registration, currency, countries,
  max_per_broadcast_micros::float8 as "maxPerBroadcastMicros", max_per_day_micros::float8 as "maxPerDayMicros",
  quiet_from as "quietFrom", quiet_until as "quietUntil", version`;

type SettingsRow = Omit<SmsSettings, 'quietHours' | 'countries'> & {
  readonly countries: readonly SmsCountry[];
  readonly quietFrom: string;
  readonly quietUntil: string;
};

@Injectable()
export class SmsSettingsRepository extends SmsSettingsStore {
  constructor(private readonly database: Database) {
    super();
  }

  of(workspaceId: WorkspaceId, tx?: Tx): Promise<SmsSettings | undefined> {
    return this.one('workspace_id = $1', [workspaceId], tx);
  }

  async lock(workspaceId: WorkspaceId, tx: Tx): Promise<SmsSettings | undefined> {
    // Where there is no row yet there is nothing to lock but the workspace itself.
    await this.database.rows('select 1 from workspace where id = $1 for no key update', [workspaceId], tx);
    return this.one('workspace_id = $1 for update', [workspaceId], tx);
  }

  bySender(senders: readonly string[]): Promise<SmsSettings | undefined> {
    return this.one('sender = any ($1::text[])', [senders]);
  }

  async switchedOn(tx?: Tx): Promise<SmsSettings[]> {
    const rows = await this.database.rows<SettingsRow>(`select ${SETTINGS} from sms_settings where is_on`, [], tx);
    return rows.map(toSettings);
  }

  async save(workspaceId: WorkspaceId, settings: SmsSettingsInput, tx: Tx): Promise<SmsSettings> {
    const { isOn, sender, registration, currency, countries, quietHours } = settings;
    try {
      const row = await this.database.row<SettingsRow>(
        `insert into sms_settings as s (workspace_id, is_on, sender, registration, currency, countries,
                                        max_per_broadcast_micros, max_per_day_micros, quiet_from, quiet_until)
         values ($1, $2, $3, $4, $5, $6::jsonb, $7, $8, $9, $10)
         on conflict (workspace_id) do update
            set is_on = excluded.is_on, sender = excluded.sender, registration = excluded.registration,
                currency = excluded.currency, countries = excluded.countries,
                max_per_broadcast_micros = excluded.max_per_broadcast_micros,
                max_per_day_micros = excluded.max_per_day_micros, quiet_from = excluded.quiet_from,
                quiet_until = excluded.quiet_until, version = s.version + 1, updated_at = now()
         returning ${SETTINGS}`,
        [
          workspaceId,
          isOn,
          sender,
          registration,
          currency,
          JSON.stringify(countries),
          settings.maxPerBroadcastMicros,
          settings.maxPerDayMicros,
          quietHours.from,
          quietHours.until,
        ],
        tx,
      );
      if (!row) throw new Error('Settings that were written are gone.');
      return toSettings(row);
    } catch (error) {
      if (isUniqueViolation(error)) throw senderTaken();
      throw error;
    }
  }

  private async one(where: string, parameters: readonly unknown[], tx?: Tx): Promise<SmsSettings | undefined> {
    const row = await this.database.row<SettingsRow>(
      `select ${SETTINGS} from sms_settings where ${where}`,
      parameters,
      tx,
    );
    return row && toSettings(row);
  }
}

const toSettings = ({ quietFrom, quietUntil, ...row }: SettingsRow): SmsSettings => ({
  ...row,
  quietHours: { from: quietFrom, until: quietUntil },
});
