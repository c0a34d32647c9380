import { Injectable } from '@nestjs/common';
import { Database } from '../../../infra/database/database.js';
import { SECOND_MS } from '../../../kernel/durations.js';
import { newId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import type { NotificationKind } from '../../domain/notifications/change.js';
import type { Channel } from '../../domain/notifications/channel.js';
import type { ListPlace } from '../../domain/notifications/channels.port.js';
import {
  type KeptMessage,
  Ledger,
  type Notification,
  type NotificationState,
  type Sending,
} from '../../domain/notifications/ledger.port.js';
import type { Message } from '../../domain/notifications/message.js';
import type { SendVerdict } from '../../domain/notifications/send.policy.js';
import { type ChannelRow, quietOf } from './channel.rows.js';
import { ChannelSecrets, type SealedChannel } from './channel-secrets.js';
import * as sql from './ledger.sql.js';

/** A send that has not ended by then died with its process; longer than any mail or call may take. */
const LEASE_MS = 90 * SECOND_MS;

type KeptRow = Omit<KeptMessage, 'wishes'> &
  Pick<ChannelRow, 'quietFrom' | 'quietTo' | 'quietZone'> & { readonly urgentKinds: readonly NotificationKind[] };
type SendingRow = Omit<Sending, 'message' | 'destination'> &
  SealedChannel & { readonly subject: string; readonly body: string; readonly url: string };

@Injectable()
export class LedgerRepository extends Ledger {
  constructor(
    private readonly database: Database,
    private readonly secrets: ChannelSecrets,
  ) {
    super();
  }

  async takeGathered(limit: number, tx: Tx): Promise<readonly KeptMessage[]> {
    return (await this.database.rows<KeptRow>(sql.TAKE_GATHERED, [limit], tx)).map(toKept);
  }

  async takeQuiet(limit: number, tx: Tx): Promise<readonly KeptMessage[]> {
    return (await this.database.rows<KeptRow>(sql.TAKE_QUIET, [limit], tx)).map(toKept);
  }

  async send(ready: readonly { readonly id: string; readonly message: Message }[], tx: Tx): Promise<void> {
    if (ready.length === 0) return;
    const column = (of: (message: Message) => string) => ready.map(({ message }) => of(message));
    const words = [column(({ subject }) => subject), column(({ text }) => text), column(({ url }) => url)];
    await this.database.affected(sql.SEND, [ready.map(({ id }) => id), ...words], tx);
  }

  async keep(kept: readonly { readonly id: string; readonly until: Date }[], tx: Tx): Promise<void> {
    if (kept.length === 0) return;
    await this.database.affected(sql.KEEP, [kept.map(({ id }) => id), kept.map(({ until }) => until)], tx);
  }

  async addDigest(kept: readonly KeptMessage[], digest: Parameters<Ledger['addDigest']>[1], tx: Tx): Promise<void> {
    const [first] = kept;
    if (!first) return;
    const { message, severity, count } = digest;
    await this.database.affected(
      sql.ADD_DIGEST,
      [
        ...[newId(), first.workspaceId, first.channelId, `digest|${first.id}`, severity, count],
        ...[message.subject, message.text, message.url, kept.map(({ id }) => id)],
      ],
      tx,
    );
  }

  async claim(limit: number, busy: readonly string[]): Promise<readonly Sending[]> {
    await this.database.affected(sql.DROP_OUTDATED);
    const rows = await this.database.rows<SendingRow>(sql.CLAIM, [limit, busy, LEASE_MS]);
    return rows.map((row) => this.toSending(row));
  }

  async takeAbandoned(limit: number, tx: Tx): Promise<readonly Sending[]> {
    const rows = await this.database.rows<SendingRow>(sql.TAKE_ABANDONED, [limit], tx);
    return rows.map((row) => this.toSending(row));
  }

  async settle(sending: Sending, end: Parameters<Ledger['settle']>[1], tx: Tx): Promise<boolean> {
    const { result, verdict, durationMs } = end;
    const waitMs = verdict.kind === 'retry' || verdict.kind === 'tell_again' ? verdict.inMs : 0;
    const rows = await this.database.rows(
      sql.SETTLE,
      [
        ...[sending.id, sending.tries, STATE_AFTER[verdict.kind], waitMs, result.kind === 'unknown' ? 1 : 0],
        ...[result.code ?? null, result.detail.slice(0, 500), Math.round(durationMs), sending.workspaceId],
      ],
      tx,
    );
    return rows.length > 0;
  }

  async disable({ workspaceId, channelId }: Sending, tx: Tx): Promise<boolean> {
    return (await this.database.affected(sql.DISABLE, [workspaceId, channelId], tx)) > 0;
  }

  async dropWaiting({ id, workspaceId }: Parameters<Ledger['dropWaiting']>[0], why: string, tx: Tx): Promise<void> {
    await this.database.affected(sql.DROP_WAITING, [workspaceId, id, why.slice(0, 500)], tx);
  }

  async keepUntil({ id, workspaceId }: Channel, until: Date, tx: Tx): Promise<void> {
    await this.database.affected(
      `update notification set next_at = $3 where workspace_id = $1 and channel_id = $2 and state = 'quiet'`,
      [workspaceId, id, until],
      tx,
    );
  }

  async beginTest(channel: Channel, message: Message, spacingMs: number, tx: Tx): Promise<Sending | undefined> {
    const id = newId();
    const row = await this.database.row<SendingRow>(
      sql.BEGIN_TEST,
      [
        ...[id, channel.workspaceId, channel.id, `test|${id}`],
        ...[message.subject, message.text, message.url, LEASE_MS, spacingMs],
      ],
      tx,
    );
    return row && this.toSending(row);
  }

  list(
    { workspaceId, id }: Channel,
    { limit, after }: ListPlace,
    state?: NotificationState,
  ): Promise<(Notification & { readonly at: string })[]> {
    return this.database.rows(sql.LIST, [workspaceId, id, after?.at ?? null, after?.id ?? null, state ?? null, limit]);
  }

  async purge(keepMs: number, limit: number): Promise<number> {
    await this.database.affected(`delete from notification_incident where opened_at < now() - $1 * interval '1 ms'`, [
      keepMs,
    ]);
    await this.database.affected(`delete from notification_code where sent_at < now() - interval '1 day'`);
    return this.database.affected(sql.PURGE, [keepMs, limit]);
  }

  private toSending({ subject, body, url, destinationEnc, keyId, ...rest }: SendingRow): Sending {
    const destination = this.secrets.open(rest.channelId, { destinationEnc, keyId });
    return { ...rest, message: { subject, text: body, url }, destination };
  }
}

const STATE_AFTER: Readonly<Record<SendVerdict['kind'], NotificationState>> = {
  delivered: 'delivered',
  retry: 'waiting',
  tell_again: 'waiting',
  failed: 'failed',
  unknown: 'unknown',
};

const toKept = ({ quietFrom, quietTo, quietZone, urgentKinds, ...rest }: KeptRow): KeptMessage => ({
  ...rest,
  wishes: { urgentKinds, ...quietOf({ quietFrom, quietTo, quietZone }) },
});
