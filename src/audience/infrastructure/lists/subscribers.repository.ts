import { Injectable } from '@nestjs/common';
import { Database } from '../../../infra/database/database.js';
import { newId, type WorkspaceId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import { BY_MAIL } from '../../domain/lists/channels.js';
import { EVERYONE } from '../../domain/lists/segment.js';
import { Suppressions } from '../../domain/lists/suppressions.port.js';
import type { Subscriber, SubscriberStatus, SuppressionReason } from '../../domain/lists/subscriber.js';
import {
  type KnownAddress,
  type SubscriberFilter,
  Subscribers,
  type SubscriberWrite,
} from '../../domain/lists/subscribers.port.js';
import { segmentWhere } from './segment.sql.js';
import { ERASED, KNOWN, LIST_PARAMETERS, listWhere, SAVE, SUBSCRIBER } from './subscribers.sql.js';

@Injectable()
export class SubscribersRepository extends Subscribers {
  constructor(
    private readonly database: Database,
    private readonly suppressions: Suppressions,
  ) {
    super();
  }

  async known(workspaceId: WorkspaceId, hmacs: readonly Buffer[], windowMs: number, tx: Tx): Promise<KnownAddress[]> {
    const hexes = hmacs.map((hmac) => hmac.toString('hex'));
    await this.database.rows(
      `select 1 from subscriber where workspace_id = $1
         and email_hmac in (select decode(hex, 'hex') from unnest($2::text[]) hex) order by email_hmac for update`,
      [workspaceId, hexes],
      tx,
    );
    // A second statement, so that it sees what the holders of those locks stored meanwhile.
    return this.read(workspaceId, hexes, windowMs, tx);
  }

  standing(workspaceId: WorkspaceId, hmacs: readonly Buffer[], windowMs: number): Promise<KnownAddress[]> {
    return this.read(
      workspaceId,
      hmacs.map((hmac) => hmac.toString('hex')),
      windowMs,
    );
  }

  save(workspaceId: WorkspaceId, rows: readonly SubscriberWrite[], tx: Tx): Promise<Subscriber[]> {
    const json = rows.map((row) => ({
      id: newId(),
      email: row.email,
      hmac: row.emailHmac.toString('hex'),
      status: row.status,
      zone: row.zone,
      language: row.language,
      tags: row.tags,
      attributes: row.attributes,
      token: row.confirm?.tokenHash.toString('hex'),
      lifeMs: row.confirm?.lifeMs,
      number: row.confirm?.number,
      unsubscribe: row.unsubscribeToken,
      accepts: row.accepts ?? BY_MAIL,
      phone: row.phone?.number,
      phoneHmac: row.phone?.hmac.toString('hex'),
      phoneStatus: row.phone?.status,
    }));
    return this.database.rows<Subscriber>(SAVE, [workspaceId, JSON.stringify(json)], tx);
  }

  get(workspaceId: WorkspaceId, id: string, tx?: Tx): Promise<Subscriber | undefined> {
    return this.one('where workspace_id = $1 and id = $2', [workspaceId, id], tx);
  }

  lock(workspaceId: WorkspaceId, id: string, tx: Tx): Promise<Subscriber | undefined> {
    return this.one('where workspace_id = $1 and id = $2 for update', [workspaceId, id], tx);
  }

  lockByConfirmHash(hash: Buffer, tx: Tx): Promise<Subscriber | undefined> {
    return this.one(
      'where confirm_token_hash = $1 and confirm_expires_at > statement_timestamp() for update',
      [hash],
      tx,
    );
  }

  lockByUnsubscribeToken(token: string, tx: Tx): Promise<Subscriber | undefined> {
    return this.one('where unsubscribe_token = $1 for update', [token], tx);
  }

  list(workspaceId: WorkspaceId, filter: SubscriberFilter): Promise<(Subscriber & { at: string })[]> {
    const { status, tag, limit, after, emailHmac, segment = EVERYONE } = filter;
    const parameters = [workspaceId, status ?? null, tag ?? null, after?.at ?? null, after?.id ?? null, limit];
    const { sql, params } = segmentWhere(segment, LIST_PARAMETERS + 1);
    return this.database.rows(listWhere(sql), [...parameters, emailHmac ?? null, ...params]);
  }

  async setStatus(subscriber: Subscriber, status: SubscriberStatus, tx: Tx): Promise<void> {
    await this.database.affected(
      `update subscriber
          set status = $3, updated_at = now(),
              confirmed_at = case when $3 = 'confirmed' then clock_timestamp() else confirmed_at end
        where workspace_id = $1 and id = $2`,
      [subscriber.workspaceId, subscriber.id, status],
      tx,
    );
  }

  async suppress(subscriber: Subscriber, reason: SuppressionReason, tx: Tx): Promise<void> {
    const { workspaceId, emailHmac: addressHmac } = subscriber;
    await this.suppressions.add(workspaceId, [{ channel: 'email', addressHmac, reason }], tx);
  }

  async liftSuppression(subscriber: Subscriber, tx: Tx): Promise<void> {
    await this.database.affected(
      `delete from suppression where workspace_id = $1 and channel = 'email' and address_hmac = $2
         and reason in ('unsubscribed', 'erased', 'paused')`,
      [subscriber.workspaceId, subscriber.emailHmac],
      tx,
    );
  }

  async erase(subscriber: Subscriber, tx: Tx): Promise<void> {
    const phone = await this.database.row<{ addressHmac: Buffer }>(
      `select phone_hmac as "addressHmac" from subscriber
        where workspace_id = $1 and id = $2 and phone_hmac is not null`,
      [subscriber.workspaceId, subscriber.id],
      tx,
    );
    if (phone)
      await this.suppressions.add(subscriber.workspaceId, [{ channel: 'sms', ...phone, reason: 'erased' }], tx);
    await this.database.affected(
      `update subscriber set ${ERASED}, updated_at = now() where workspace_id = $1 and id = $2`,
      [subscriber.workspaceId, subscriber.id],
      tx,
    );
    // Mail servers repeat the address in what they answer.
    await this.database.affected(
      'update broadcast_recipient set reply = null where workspace_id = $1 and subscriber_id = $2',
      [subscriber.workspaceId, subscriber.id],
      tx,
    );
  }

  private async read(
    workspaceId: WorkspaceId,
    hexes: readonly string[],
    windowMs: number,
    tx?: Tx,
  ): Promise<KnownAddress[]> {
    const rows = await this.database.rows<{
      emailHmac: Buffer;
      status: SubscriberStatus | null;
      suppression: SuppressionReason | null;
      recentRequests: number;
      confirmSentCount: number;
    }>(KNOWN, [workspaceId, hexes, windowMs], tx);
    return rows.map(({ status, suppression, ...row }) => ({
      ...row,
      ...(status ? { status } : {}),
      ...(suppression ? { suppression } : {}),
    }));
  }

  private one(where: string, parameters: readonly unknown[], tx?: Tx): Promise<Subscriber | undefined> {
    return this.database.row<Subscriber>(`select ${SUBSCRIBER} from subscriber ${where}`, parameters, tx);
  }
}
