import { Injectable } from '@nestjs/common';
import { Database } from '../../../infra/database/database.js';
import { newId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import { type ApprovalMailDue, MAX_LINES } from '../../domain/approvals/approval-mail.js';
import { ApprovalMails } from '../../domain/approvals/approval-mails.port.js';
import { type ApprovalNews, APPROVING_ROLES } from '../../domain/approvals/approval-news.js';

const MAX_CAPTION = 120;

/**
 * $1 news, $2 roles that approve. Lines for people: one for each post and kind. Who asked is who asked last before it
 * was answered.
 */
const LINES = `
with news as (
  select n.* from jsonb_to_recordset($1::jsonb)
         as n (kind text, workspace_id uuid, target_id uuid, post_id uuid, actor text, comment text, scheduled_at timestamptz)
), told as (
  select n.*, m.id as member_id
    from news n join member m on m.workspace_id = n.workspace_id and m.role = any ($2::text[])
   where n.kind = 'requested' and n.actor <> 'member:' || m.id
  union all
  select n.*, m.id
    from news n
    join lateral (select e.actor from approval_entry e where e.target_id = n.target_id and e.action = 'requested'
                   order by e.at desc, e.id desc limit 1) asked on asked.actor <> n.actor
    join member m on m.workspace_id = n.workspace_id and 'member:' || m.id = asked.actor
   where n.kind <> 'requested'
)
select t.workspace_id as "workspaceId", t.member_id as "memberId",
       case when t.kind = 'requested' then 'requests' else 'verdicts' end as about, t.kind,
       left(p.caption, ${MAX_CAPTION}) as caption, count(*)::int as accounts,
       to_json(min(t.scheduled_at)) #>> '{}' as "scheduledAt", min(a.zone) as zone, max(t.comment) as comment,
       coalesce(nullif(by_person.name, ''), by_person.email, t.actor) as by
  from told t
  join post p on p.workspace_id = t.workspace_id and p.id = t.post_id
  join target a on a.workspace_id = t.workspace_id and a.id = t.target_id
  left join member by_member on by_member.workspace_id = t.workspace_id and 'member:' || by_member.id = t.actor
  left join person by_person on by_person.id = by_member.person_id
 group by t.workspace_id, t.member_id, t.kind, t.actor, t.post_id, p.caption, by_person.name, by_person.email
 order by min(t.scheduled_at), t.post_id`;

const GATHER = `
insert into approval_mail as a (id, workspace_id, member_id, about, items, item_count, next_at)
select n.id, n.workspace_id, n.member_id, n.about, n.items, n.item_count, clock_timestamp() + $2 * interval '1 ms'
  from jsonb_to_recordset($1::jsonb)
       as n (id uuid, workspace_id uuid, member_id uuid, about text, items jsonb, item_count int)
 order by n.member_id, n.about
on conflict (member_id, about) where state = 'gathering' do update
  set items = jsonb_path_query_array(a.items || excluded.items, '$[0 to ${MAX_LINES - 1}]'),
      item_count = a.item_count + excluded.item_count`;

/** While it is being sent; longer than a mail server may take. */
const LEASE = `interval '1 minute'`;

const GIVE_UP = `
update approval_mail set state = 'unknown', next_at = null, ended_at = clock_timestamp(),
                         reply = 'Whoever sent it went away; it may have arrived.'
 where state = 'sending' and next_at <= clock_timestamp()`;

const CLAIM = `
with due as (
  select id from approval_mail where next_at <= clock_timestamp() and state in ('gathering', 'again')
   order by next_at limit $1 for update skip locked
), taken as (
  update approval_mail a set state = 'sending', next_at = clock_timestamp() + ${LEASE}, tries = tries + 1
    from due where a.id = due.id returning a.*
)
select t.id, t.about, p.email as "to", w.name as "workspaceName", t.items as lines,
       t.item_count as "lineCount", t.tries
  from taken t
  join member m on m.id = t.member_id join person p on p.id = m.person_id
  join workspace w on w.id = t.workspace_id`;

type Line = ApprovalMailDue['lines'][number] & {
  readonly workspaceId: string;
  readonly memberId: string;
  readonly about: ApprovalMailDue['about'];
};

@Injectable()
export class ApprovalMailsRepository extends ApprovalMails {
  constructor(private readonly database: Database) {
    super();
  }

  async gather(news: readonly ApprovalNews[], gatherMs: number, tx: Tx): Promise<void> {
    if (news.length === 0) return;
    const rows = news.map(({ workspaceId, targetId, postId, scheduledAt, ...rest }) => ({
      ...{ workspace_id: workspaceId, target_id: targetId, post_id: postId, scheduled_at: scheduledAt },
      ...rest,
    }));
    const lines = await this.database.rows<Line>(LINES, [JSON.stringify(rows), APPROVING_ROLES], tx);
    if (lines.length === 0) return;
    const mails = [...Map.groupBy(lines, ({ memberId, about }) => `${memberId}|${about}`).values()].map(mailRow);
    await this.database.affected(GATHER, [JSON.stringify(mails), gatherMs], tx);
  }

  async claim(limit: number): Promise<readonly ApprovalMailDue[]> {
    await this.database.affected(GIVE_UP);
    return this.database.rows<ApprovalMailDue>(CLAIM, [limit]);
  }

  async end(id: string, { state, reply }: Parameters<ApprovalMails['end']>[1]): Promise<void> {
    await this.database.affected(
      `update approval_mail set state = $2, reply = $3, next_at = null, ended_at = clock_timestamp()
        where id = $1 and state = 'sending'`,
      [id, state, reply],
    );
  }

  async again(id: string, inMs: number, reply: string): Promise<void> {
    await this.database.affected(
      `update approval_mail set state = 'again', reply = $3, next_at = clock_timestamp() + $2 * interval '1 ms'
        where id = $1 and state = 'sending'`,
      [id, inMs, reply],
    );
  }

  purge(keepMs: number): Promise<number> {
    return this.database.affected(
      `delete from approval_mail where ended_at < clock_timestamp() - $1 * interval '1 ms'`,
      [keepMs],
    );
  }
}

const mailRow = (lines: readonly Line[]) => ({
  id: newId(),
  workspace_id: lines[0]?.workspaceId,
  member_id: lines[0]?.memberId,
  about: lines[0]?.about,
  items: lines.slice(0, MAX_LINES).map(({ kind, caption, accounts, scheduledAt, zone, by, comment }) => ({
    ...{ kind, caption, accounts, scheduledAt, zone, by, comment },
  })),
  item_count: lines.length,
});
