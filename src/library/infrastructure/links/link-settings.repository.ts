import { Injectable } from '@nestjs/common';
import { Database } from '../../../infra/database/database.js';
import type { WorkspaceId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import { type LinkSettings, NO_LINK_SETTINGS } from '../../domain/links/link-settings.js';
import { LinkSettingsStore } from '../../domain/links/links.port.js';

@Injectable()
export class LinkSettingsRepository extends LinkSettingsStore {
  constructor(private readonly database: Database) {
    super();
  }

  async of(workspaceId: WorkspaceId, tx?: Tx): Promise<LinkSettings> {
    const row = await this.database.row<LinkSettings>(
      `select domains, utm, shorten from link_setting where workspace_id = $1`,
      [workspaceId],
      tx,
    );
    return row ?? NO_LINK_SETTINGS;
  }

  async put(workspaceId: WorkspaceId, { domains, utm, shorten }: LinkSettings, tx: Tx): Promise<void> {
    await this.database.affected(
      `insert into link_setting (workspace_id, domains, utm, shorten) values ($1, $2, $3::jsonb, $4)
       on conflict (workspace_id) do update
         set domains = excluded.domains, utm = excluded.utm, shorten = excluded.shorten, updated_at = now()`,
      [workspaceId, domains, JSON.stringify(utm), shorten],
      tx,
    );
  }
}
