import { Injectable } from '@nestjs/common';
import { MailSettings } from '../domain/mail-settings.js';
import { Database } from '../../infra/database/database.js';
import type { WorkspaceId } from '../../kernel/ids.js';
import type { Tx } from '../../kernel/transaction.js';
import { type Broadcast, RECIPIENT_STATES, type RecipientCounts, type RecipientState } from '../domain/broadcast.js';
import type { DeliveryVerdict } from '../domain/delivery.policy.js';
import { type Claim, type RecipientFilter, type RecipientRow, Recipients } from '../domain/recipients.port.js';
import type { TemplateSubscriber } from '../domain/template.port.js';
import * as sql from './recipients.sql.js';

type ClaimRow = Omit<Claim, 'subscriber'> & TemplateSubscriber & { readonly state: 'claimed' | 'suppressed' };

@Injectable()
export class RecipientsRepository extends Recipients {
  constructor(
    private readonly database: Database,
    private readonly settings: MailSettings,
  ) {
    super();
  }

  freeze(broadcast: Broadcast, tx: Tx): Promise<number> {
    const { domain } = this.settings.identity;
    return this.database.affected(sql.FREEZE, [...audienceOf(broadcast), broadcast.id, domain], tx);
  }

  async countEligible(broadcast: Broadcast): Promise<number> {
    const row = await this.database.row<{ count: number }>(sql.COUNT_ELIGIBLE, audienceOf(broadcast));
    return row?.count ?? 0;
  }

  async reapGone(goneAfterMs: number): Promise<void> {
    await this.database.affected(sql.REAP_HANDED, [goneAfterMs]);
    await this.database.affected(sql.REAP_CLAIMED, [goneAfterMs]);
  }

  async claim(workerId: string, limit: number): Promise<{ claims: Claim[]; moved: number }> {
    const rows = await this.database.rows<ClaimRow>(sql.CLAIM, [workerId, limit]);
    const claims = rows.filter(({ state }) => state === 'claimed').map(toClaim);
    return { claims, moved: rows.length };
  }

  async handOver({ broadcastId, subscriberId, fence }: Claim): Promise<boolean> {
    const row = await this.database.row<{ state: RecipientState }>(sql.HAND_OVER, [broadcastId, subscriberId, fence]);
    return row?.state === 'handed';
  }

  async record({ broadcastId, subscriberId, fence }: Claim, verdict: DeliveryVerdict): Promise<void> {
    const { state, reply, server, nextTryAfterMs } = verdict;
    const outcome = [state, reply, server ?? null, nextTryAfterMs ?? null];
    await this.database.affected(sql.RECORD, [broadcastId, subscriberId, fence, ...outcome]);
  }

  async release(claims: readonly Claim[], pauseMs: number): Promise<void> {
    await this.database.affected(sql.RELEASE, [
      claims.map(({ broadcastId }) => broadcastId),
      claims.map(({ subscriberId }) => subscriberId),
      claims.map(({ fence }) => fence),
      pauseMs,
    ]);
  }

  async counts(
    workspaceId: WorkspaceId,
    broadcastIds: readonly string[],
    tx?: Tx,
  ): Promise<Map<string, RecipientCounts>> {
    const rows = await this.database.rows<{ id: string; state: RecipientState; count: number }>(
      `select broadcast_id as id, state, count(*)::int as count from broadcast_recipient
        where workspace_id = $1 and broadcast_id = any ($2::uuid[]) group by broadcast_id, state`,
      [workspaceId, broadcastIds],
      tx,
    );
    const counted = new Map(broadcastIds.map((id) => [id, noCounts()]));
    for (const { id, state, count } of rows) counted.set(id, { ...(counted.get(id) ?? noCounts()), [state]: count });
    return counted;
  }

  list(workspaceId: WorkspaceId, broadcastId: string, filter: RecipientFilter): Promise<RecipientRow[]> {
    const { state, limit, after } = filter;
    const place = [state ?? null, after?.at ?? null, after?.id ?? null, limit];
    return this.database.rows(sql.RECIPIENTS, [workspaceId, broadcastId, ...place]);
  }
}

const audienceOf = ({ workspaceId, tags, kind, incidentId }: Broadcast) => [workspaceId, tags, kind, incidentId];

const noCounts = (): RecipientCounts =>
  Object.fromEntries(RECIPIENT_STATES.map((state) => [state, 0])) as Record<RecipientState, number>;

const toClaim = ({ email, language, zone, tags, attributes, ...row }: ClaimRow): Claim => ({
  broadcastId: row.broadcastId,
  workspaceId: row.workspaceId,
  subscriberId: row.subscriberId,
  fence: row.fence,
  tries: row.tries,
  messageId: row.messageId,
  unsubscribeToken: row.unsubscribeToken,
  subscriber: { email, language, zone, tags, attributes },
});
