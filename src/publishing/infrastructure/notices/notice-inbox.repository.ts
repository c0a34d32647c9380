import { Injectable } from '@nestjs/common';
import { Database } from '../../../infra/database/database.js';
import type { Tx } from '../../../kernel/transaction.js';
import type { PlatformName } from '../../../platforms/domain/platform-name.js';
import type { PlatformNotice } from '../../../platforms/domain/platform-webhook.js';
import { NoticeInbox, type NoticeVerdict, type WaitingNotice } from '../../domain/notices/notice-inbox.port.js';

interface NoticeRow {
  readonly platform: PlatformName;
  readonly key: string;
  readonly notice: Omit<PlatformNotice, 'at'>;
  readonly at: Date;
  readonly received_at: Date;
}

const CLAIM = `
  with due as (
    select platform, key from platform_notice
     where verdict is null and next_try_at <= statement_timestamp()
     order by at, key limit $1 for update skip locked
  )
  update platform_notice n set next_try_at = clock_timestamp() + $2 * interval '1 ms'
    from due where n.platform = due.platform and n.key = due.key
  returning n.platform, n.key, n.notice, n.at, n.received_at`;

interface AttemptPlace {
  readonly targetId: string;
  readonly attemptId: string;
}

const OPEN_FIRST = `order by (a.state in ('armed', 'intended', 'processing', 'unknown')) desc, a.no desc limit 1`;

const BY_HANDLE = `
  select a.target_id as "targetId", a.id as "attemptId" from attempt a
    join target t on t.id = a.target_id and t.platform = $1
   where a.handle = $2 and a.purpose = 'publish' ${OPEN_FIRST}`;

const BY_POST_ID = `
  select a.target_id as "targetId", a.id as "attemptId" from platform_identity i
    join account c on c.identity_id = i.id
    join target t on t.account_id = c.id and t.platform_post_id = $2
    join attempt a on a.target_id = t.id and a.purpose = 'publish'
   where i.platform = $1 and i.external_id = $3 ${OPEN_FIRST}`;

const ACCOUNTS_WITHOUT = `
  select a.id from account a
    join platform_identity i on i.id = a.identity_id
   where i.platform = $1 and i.external_id = $2 and a.status in ('active', 'paused')
     -- A late delivery must not undo the consent that was given after the lost one.
     and not exists (select 1 from event e
                      where e.type = 'account.connected' and e.subject_id = a.id::text and e.at > $3)`;

@Injectable()
export class NoticeInboxRepository extends NoticeInbox {
  constructor(private readonly database: Database) {
    super();
  }

  async store(platform: PlatformName, notices: readonly PlatformNotice[]): Promise<void> {
    if (notices.length === 0) return;
    await this.database.affected(
      `insert into platform_notice (platform, key, notice, at)
       select $1, key, notice, at from unnest($2::text[], $3::jsonb[], $4::timestamptz[]) as n(key, notice, at)
       on conflict (platform, key) do nothing`,
      [
        platform,
        notices.map(({ key }) => key),
        notices.map((notice) => JSON.stringify(notice)),
        notices.map(({ at }) => at),
      ],
    );
  }

  async claim(limit: number, leaseMs: number): Promise<readonly WaitingNotice[]> {
    const rows = await this.database.rows<NoticeRow>(CLAIM, [limit, leaseMs]);
    return rows
      .map(({ platform, notice, at, received_at }) => ({
        platform,
        notice: { ...notice, at } as PlatformNotice,
        receivedAt: received_at,
      }))
      .sort((a, b) => a.notice.at.getTime() - b.notice.at.getTime());
  }

  async settle({ platform, notice }: WaitingNotice, verdict: NoticeVerdict, tx?: Tx): Promise<void> {
    await this.database.affected(
      `update platform_notice set verdict = $3, settled_at = clock_timestamp()
        where platform = $1 and key = $2 and verdict is null`,
      [platform, notice.key, verdict],
      tx,
    );
  }

  async postpone({ platform, notice }: WaitingNotice, delayMs: number): Promise<void> {
    await this.database.affected(
      `update platform_notice set next_try_at = clock_timestamp() + $3 * interval '1 ms'
        where platform = $1 and key = $2 and verdict is null`,
      [platform, notice.key, delayMs],
    );
  }

  async attemptOf(platform: PlatformName, post: Parameters<NoticeInbox['attemptOf']>[1]) {
    const found = await this.database.row<AttemptPlace>(BY_HANDLE, [platform, post.handle]);
    if (found || post.platformPostId === undefined) return found;
    return this.database.row<AttemptPlace>(BY_POST_ID, [platform, post.platformPostId, post.externalId]);
  }

  async rivalOf(targetId: string, tx: Tx): Promise<string | undefined> {
    const row = await this.database.row<{ id: string }>(
      `select r.id from target t join target r on r.occurrence_id = t.occurrence_id and r.account_id = t.account_id
        where t.id = $1 and r.id <> t.id and r.status not in ('cancelled', 'missed', 'failed', 'rerouted')`,
      [targetId],
      tx,
    );
    return row?.id;
  }

  async accountsWithout(consent: { platform: PlatformName; externalId: string; lostAt: Date }) {
    const { platform, externalId, lostAt } = consent;
    const rows = await this.database.rows<{ id: string }>(ACCOUNTS_WITHOUT, [platform, externalId, lostAt]);
    return rows.map(({ id }) => id);
  }

  async forget(days: number): Promise<void> {
    await this.database.affected(
      `delete from platform_notice where settled_at < statement_timestamp() - $1 * interval '1 day'`,
      [days],
    );
  }
}
