import { Injectable } from '@nestjs/common';
import { SecretBox } from '../../../infra/crypto/secret-box.js';
import { Database } from '../../../infra/database/database.js';
import { newId, type WorkspaceId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import {
  HAND_OVER_MS,
  type HandOverIntent,
  type Newsletter,
  type NewsletterHandOff,
  type NewsletterInput,
  type OpenNewsletter,
  tokenMissing,
} from '../../domain/newsletters/newsletter.js';
import { Newsletters } from '../../domain/newsletters/newsletters.port.js';

const NEWSLETTER = `id, workspace_id as "workspaceId", url, username, list_ids as "listIds", version,
  token_enc as "sealed", key_id as "keyId"`;

type NewsletterRow = Newsletter & { readonly id: string; readonly sealed: Buffer; readonly keyId: string };

/** A row without a reply is in somebody's hands, unless they died; the row's lock lets one of several take it. */
const INTEND = `
insert into newsletter_hand_off as h (broadcast_id, workspace_id, state) values ($1, $2, 'intended')
on conflict (broadcast_id) do update
   set state = 'intended', reply = null, intent_at = clock_timestamp(), updated_at = now()
 where h.workspace_id = excluded.workspace_id and h.state <> 'created'
   and (h.reply is not null or h.intent_at < clock_timestamp() - $3::float8 * interval '1 ms')
returning xmax = 0 as "isFirst"`;

@Injectable()
export class NewslettersRepository extends Newsletters {
  constructor(
    private readonly database: Database,
    private readonly box: SecretBox,
  ) {
    super();
  }

  async of(workspaceId: WorkspaceId, tx?: Tx): Promise<Newsletter | undefined> {
    const row = await this.row(workspaceId, '', tx);
    return row && toNewsletter(row);
  }

  async open(workspaceId: WorkspaceId): Promise<OpenNewsletter | undefined> {
    const row = await this.row(workspaceId, '');
    return row && { ...toNewsletter(row), token: this.box.open(row, placeOf(row.id)) };
  }

  async lock(workspaceId: WorkspaceId, tx: Tx): Promise<Newsletter | undefined> {
    // Where there is no row yet there is nothing to lock but the workspace itself.
    await this.database.rows('select 1 from workspace where id = $1 for no key update', [workspaceId], tx);
    const row = await this.row(workspaceId, 'for update', tx);
    return row && toNewsletter(row);
  }

  async save(workspaceId: WorkspaceId, input: NewsletterInput, tx: Tx): Promise<Newsletter> {
    const known = await this.row(workspaceId, 'for update', tx);
    const id = known?.id ?? newId();
    const { keyId, sealed } = input.token === undefined ? (known ?? none()) : this.box.seal(input.token, placeOf(id));
    const row = await this.database.row<NewsletterRow>(
      `insert into newsletter as n (id, workspace_id, url, username, token_enc, key_id, list_ids)
       values ($1, $2, $3, $4, $5, $6, $7)
       on conflict (workspace_id) do update
          set url = excluded.url, username = excluded.username, token_enc = excluded.token_enc,
              key_id = excluded.key_id, list_ids = excluded.list_ids, version = n.version + 1, updated_at = now()
       returning ${NEWSLETTER}`,
      [id, workspaceId, input.url, input.username, sealed, keyId, input.listIds],
      tx,
    );
    if (!row) throw new Error('A newsletter that was written is gone.');
    return toNewsletter(row);
  }

  async remove(workspaceId: WorkspaceId, tx: Tx): Promise<boolean> {
    return (await this.database.affected('delete from newsletter where workspace_id = $1', [workspaceId], tx)) > 0;
  }

  async intend(workspaceId: WorkspaceId, broadcastId: string): Promise<HandOverIntent> {
    const taken = await this.database.row<{ isFirst: boolean }>(INTEND, [broadcastId, workspaceId, HAND_OVER_MS]);
    if (taken) return taken.isFirst ? 'first' : 'again';
    const known = await this.database.row<{ campaignId: number | null }>(
      `select campaign_id::int as "campaignId" from newsletter_hand_off where workspace_id = $1 and broadcast_id = $2`,
      [workspaceId, broadcastId],
    );
    return known?.campaignId ?? 'under_way';
  }

  async settle(workspaceId: WorkspaceId, broadcastId: string, outcome: NewsletterHandOff): Promise<void> {
    const { state, campaignId, reply } = outcome;
    await this.database.affected(
      `update newsletter_hand_off set state = $3, campaign_id = $4, reply = left($5, 500), updated_at = now()
        where workspace_id = $1 and broadcast_id = $2`,
      [workspaceId, broadcastId, state, campaignId, reply],
    );
  }

  private row(workspaceId: WorkspaceId, lock: '' | 'for update', tx?: Tx): Promise<NewsletterRow | undefined> {
    return this.database.row(`select ${NEWSLETTER} from newsletter where workspace_id = $1 ${lock}`, [workspaceId], tx);
  }
}

const placeOf = (id: string): string => `newsletter|token_enc|${id}`;

const none = (): never => {
  throw tokenMissing();
};

const toNewsletter = ({ workspaceId, url, username, listIds, version }: NewsletterRow): Newsletter => ({
  workspaceId,
  url,
  username,
  listIds,
  version,
});
