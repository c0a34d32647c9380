/** The database was restored after `t` was promised, and nobody has looked for it since. */
export const RESTORED_UNSEEN = `
  (t.scheduled_at <= (select restored_at from instance)
   and not exists (select 1 from attempt seen where seen.target_id = t.id
                      and seen.created_at >= (select restored_at from instance)))`;

/** `t` was due long ago and nobody fired it: we were down. */
export const OVERDUE = `(t.due_at < statement_timestamp() - (select overdue_ms from instance) * interval '1 ms')`;

/**
 * `t` may be live although we know of no call: it is looked for before it is sent (design 4.11). Null-safe; part of the
 * statements that lease and intend, so that nothing can pass it by.
 */
export const NEEDS_LOOK = `(${OVERDUE} or coalesce(${RESTORED_UNSEEN}, false))`;
