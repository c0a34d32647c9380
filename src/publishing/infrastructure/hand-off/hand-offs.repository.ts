import { Injectable } from '@nestjs/common';
import { Database } from '../../../infra/database/database.js';
import type { Tx } from '../../../kernel/transaction.js';
import type { PlatformName } from '../../../platforms/domain/platform-name.js';
import {
  type HandOffState,
  OPEN_HAND_OFF_STATES,
  handOffAfter,
  statesBefore,
} from '../../domain/hand-off/hand-off-state.js';
import {
  type HandOff,
  type HandOffFilter,
  HandOffs,
  type MailDue,
  type NewHandOff,
} from '../../domain/hand-off/hand-offs.port.js';
import type { TargetStatus } from '../../domain/targets/target-status.js';
import { present } from '../targets/target.rows.js';

interface Row {
  readonly id: string;
  readonly workspace_id: string;
  readonly target_id: string;
  readonly attempt_id: string;
  readonly account_id: string;
  readonly post_id: string;
  readonly media_id: string;
  readonly platform: PlatformName;
  readonly account_name: string;
  readonly caption: string;
  readonly state: HandOffState;
  readonly target_status: TargetStatus;
  readonly created_at: Date;
  readonly expires_at: Date;
  readonly notified_at: Date | null;
  readonly mail_reply: string | null;
  readonly opened_at: Date | null;
  readonly ended_at: Date | null;
  readonly ended_by: string | null;
  readonly link: string | null;
  readonly at: string;
}

const SELECT = `
  select h.id, h.workspace_id, h.target_id, h.attempt_id, h.account_id, t.post_id, t.content->'media'->>'id' as media_id,
         t.platform, a.display_name as account_name, t.content->>'caption' as caption, h.state, t.status as target_status,
         h.created_at, h.expires_at, h.notified_at, h.mail_reply, h.opened_at, h.ended_at, h.ended_by, h.link,
         h.created_at::text as at
    from handoff h join target t on t.id = h.target_id join account a on a.id = h.account_id`;

const OPEN = OPEN_HAND_OFF_STATES.map((state) => `'${state}'`).join(', ');
const MAX_REPLY = 300;

const CLAIM_MAILS = `
  update handoff set mails = mails + 1, next_mail_at = case when mails = 0 then clock_timestamp() + $2 * interval '1 ms' end
   where id in (
     select id from handoff
      where next_mail_at <= statement_timestamp() and state in (${OPEN}) and mails < 2 and expires_at > statement_timestamp()
      order by next_mail_at limit $1 for update skip locked)
  returning id as "handOffId", mails as number, mail_refusals as refusals`;

@Injectable()
export class HandOffsRepository extends HandOffs {
  constructor(private readonly database: Database) {
    super();
  }

  async open({ id, workspaceId, targetId, attemptId, accountId, expiresAt }: NewHandOff, tx: Tx): Promise<void> {
    await this.database.affected(
      `insert into handoff (id, workspace_id, target_id, attempt_id, account_id, state, expires_at)
       values ($1, $2, $3, $4, $5, 'due', $6)`,
      [id, workspaceId, targetId, attemptId, accountId, expiresAt],
      tx,
    );
  }

  async get(id: string, tx?: Tx): Promise<HandOff | undefined> {
    const row = await this.database.row<Row>(`${SELECT} where h.id = $1`, [id], tx);
    return row && toHandOff(row);
  }

  async openOf(targetId: string, tx: Tx): Promise<string | undefined> {
    const sql = `select id from handoff where target_id = $1 and state in (${OPEN})`;
    return (await this.database.row<{ id: string }>(sql, [targetId], tx))?.id;
  }

  async ofAttempt(attemptId: string, tx: Tx): Promise<string | undefined> {
    return (await this.database.row<{ id: string }>(`select id from handoff where attempt_id = $1`, [attemptId], tx))
      ?.id;
  }

  async list(workspaceId: string, filter: HandOffFilter): Promise<readonly (HandOff & { readonly at: string })[]> {
    const { state, accountId, targetId, limit, after } = filter;
    const rows = await this.database.rows<Row>(
      `${SELECT}
        where h.workspace_id = $1 and ($2::text is null or h.state = $2) and ($3::uuid is null or h.account_id = $3)
          and ($4::uuid is null or h.target_id = $4)
          and ($5::timestamptz is null or (h.created_at, h.id) < ($5::timestamptz, $6::uuid))
        order by h.created_at desc, h.id desc limit $7`,
      [
        workspaceId,
        state ?? null,
        accountId ?? null,
        targetId ?? null,
        after?.at ?? null,
        after?.id ?? null,
        limit + 1,
      ],
    );
    return rows.map((row) => ({ ...toHandOff(row), at: row.at }));
  }

  async markOpened(id: string): Promise<void> {
    await this.database.affected(
      `update handoff set state = 'opened', opened_at = clock_timestamp() where id = $1 and state = any($2::text[])`,
      [id, statesBefore('open')],
    );
  }

  async end(id: string, { event, by, link }: Parameters<HandOffs['end']>[1], tx: Tx): Promise<boolean> {
    const changed = await this.database.affected(
      `update handoff set state = $2, ended_at = clock_timestamp(), ended_by = $3, link = $4, next_mail_at = null
        where id = $1 and state = any($5::text[])`,
      [id, handOffAfter('due', event), by, link ?? null, statesBefore(event)],
      tx,
    );
    return changed === 1;
  }

  async overdue(limit: number): Promise<readonly string[]> {
    const rows = await this.database.rows<{ id: string }>(
      `select id from handoff where state in (${OPEN}) and expires_at <= statement_timestamp() order by expires_at limit $1`,
      [limit],
    );
    return rows.map((row) => row.id);
  }

  claimMails(limit: number, remindInMs: number): Promise<readonly MailDue[]> {
    return this.database.rows<MailDue>(CLAIM_MAILS, [limit, remindInMs]);
  }

  async told(id: string, reply: string): Promise<void> {
    await this.database.affected(
      `update handoff set state = case when state = any($3::text[]) then 'notified' else state end,
              notified_at = coalesce(notified_at, clock_timestamp()), mail_reply = $2, mail_refusals = 0
        where id = $1`,
      [id, reply.slice(0, MAX_REPLY), statesBefore('notify')],
    );
  }

  async notTold({ handOffId, number }: MailDue, reply: string, retryInMs: number | undefined): Promise<void> {
    await this.database.affected(
      `update handoff set mails = $2, mail_refusals = mail_refusals + 1, mail_reply = $3,
              next_mail_at = clock_timestamp() + $4::float8 * interval '1 ms'
        where id = $1 and mails = $5 and state in (${OPEN})`,
      [handOffId, number - 1, reply.slice(0, MAX_REPLY), retryInMs ?? null, number],
    );
  }
}

const toHandOff = (row: Row): HandOff => ({
  id: row.id,
  workspaceId: row.workspace_id,
  targetId: row.target_id,
  attemptId: row.attempt_id,
  accountId: row.account_id,
  postId: row.post_id,
  mediaId: row.media_id,
  platform: row.platform,
  accountName: row.account_name,
  caption: row.caption,
  state: row.state,
  targetStatus: row.target_status,
  createdAt: row.created_at,
  expiresAt: row.expires_at,
  ...present('notifiedAt', row.notified_at),
  ...present('mailReply', row.mail_reply),
  ...present('openedAt', row.opened_at),
  ...present('endedAt', row.ended_at),
  ...present('endedBy', row.ended_by),
  ...present('link', row.link),
});
