import { BY_KEY } from './arming.sql.js';
import { NOT_PAUSED, NOT_SWITCHED_OFF } from '../pauses/paused.sql.js';
import { OVERDUE } from '../reconcile/overdue.sql.js';

/** The lease of `w`, if its fence still holds. */
export const LEASE_BY_KEY = `lateral (
  select k.target_id from target_lease k where k.target_id = w.target_id and k.fence = w.fence offset 0)`;

const ASKED = `unnest($1::uuid[], $2::int[], $3::bigint[]) as w(target_id, version, fence)`;

/**
 * Insert-only at the due instant; the joins take no lock, the primary key decides every race (design section 3).
 * In the order of the ids, as whoever else writes many intents does, so that nobody waits in a circle.
 */
const intend = (may: string): string => `
  insert into intent (target_id, version, fence)
  select w.target_id, w.version, w.fence
    from ${ASKED}
    join ${BY_KEY} t on greatest(t.due_at, t.scheduled_at) <= clock_timestamp()
    join ${LEASE_BY_KEY} l on true
    ${may}
   order by w.target_id
  on conflict do nothing
  returning target_id`;

/** Accounts that are active; the others go through routing. */
export const INTEND_WELL = intend(
  `join account c on c.id = t.account_id and c.status = 'active' where ${NOT_SWITCHED_OFF} and not ${OVERDUE}`,
);
/** Routing has decided about the account. */
export const INTEND_DECIDED = intend(`where ${NOT_PAUSED} and not ${OVERDUE}`);

/** Written by us before, when the answer got lost on its way. */
export const OWN = `
  select w.target_id from ${ASKED}
   where (select i.fence from intent i where i.target_id = w.target_id and i.version = w.version limit 1) = w.fence`;

export const STANDING = `
  select t.id as "targetId",
         greatest(0, extract(epoch from greatest(t.due_at, t.scheduled_at) - clock_timestamp()) * 1000)::float8 as "dueInMs"
    from ${ASKED}
    join ${BY_KEY} t on true
    join ${LEASE_BY_KEY} l on true
   where (select 1 from intent i where i.target_id = w.target_id and i.version = w.version limit 1) is null`;

/**
 * Only what is still as armed: a takeover between intent and here has closed the attempt, and raised the version if it
 * saw the intent. Attempts are locked first, as the takeover does: one that is just closing one is waited for.
 */
export const MARK_PUBLISHING = `
  with own as materialized (
    select a.id, a.target_id, a.version from attempt a
     where a.id = any($1::uuid[]) and a.state = 'armed' order by a.target_id for update
  ), fired as (
    update target t set status = 'publishing', hold_reason = null, hold_until = null, updated_at = now()
      from own a
     where t.id = a.target_id and t.version = a.version and t.status = 'scheduled'
    returning t.id, t.workspace_id, a.id as attempt_id
  ), journal as (
    update attempt set state = 'intended' where id in (select attempt_id from fired) and state = 'armed'
    returning id
  ), told as (
    insert into target_event (target_id, seq, workspace_id, from_status, to_status, cause, actor)
    select f.id, coalesce((select max(e.seq) from target_event e where e.target_id = f.id), 0) + 1, f.workspace_id,
           'scheduled', 'publishing', 'due', 'worker'
      from fired f
  )
  select id from journal
   union
  -- Marked by us before, when the answer got lost on its way; its call has not begun.
  select a.id from attempt a
    join target t on t.id = a.target_id and t.version = a.version and t.status = 'publishing'
    join target_lease l on l.target_id = a.target_id and l.fence = a.fence
   where a.id = any($1::uuid[]) and a.state = 'intended' and a.commit_started_at is null`;

export const DISARM = `
  with closed as (
    update attempt set state = 'abandoned', outcome_at = clock_timestamp()
     where id = any($1::uuid[]) and state = 'armed'
    returning id, target_id, fence
  ), freed as (
    delete from target_lease l using closed c where l.target_id = c.target_id and l.fence = c.fence
  )
  select id from closed`;
