import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Which evergreen posts changed after a snapshot: whoever keeps what plans are made of reads only those anew. Noted by
 * triggers, so that no writer can forget it, and told apart by transaction, since who commits later may have begun
 * earlier, and no two wait for each other. Targets note theirs once a statement, with one look at the posts; those that
 * begin to publish note nothing: for planning they wait as before.
 */
export class CreatePlanningChanges1795200000064 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLE);
    await runner.query(FUNCTIONS);
    await runner.query(TRIGGERS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
drop trigger planning_category_changed on category_recycling;
drop trigger planning_views_taken on target_metric;
drop trigger planning_target_changed on target;
drop trigger planning_target_made on target;
drop trigger planning_variation_changed on content_variation;
drop trigger planning_post_changed on post;
drop trigger planning_post_made on post;
drop function note_category, note_views_of_evergreen_post, note_targets_of_evergreen_posts,
  note_part_of_evergreen_post, note_evergreen_post;
drop table planning_change;
    `);
  }
}

const TABLE = `
create table planning_change (
  workspace_id uuid not null,
  xid xid8 not null default pg_current_xact_id(),
  -- null: every post of the workspace.
  post_id uuid,
  at timestamptz not null default clock_timestamp()
);
create unique index planning_change_once on planning_change (workspace_id, xid, post_id) nulls not distinct;
`;

const FUNCTIONS = `
create function note_evergreen_post() returns trigger language plpgsql as $$
begin
  insert into planning_change (workspace_id, post_id) values (new.workspace_id, new.id) on conflict do nothing;
  return null;
end $$;

create function note_part_of_evergreen_post() returns trigger language plpgsql as $$
begin
  insert into planning_change (workspace_id, post_id)
  select p.workspace_id, p.id from post p where p.id = new.post_id and p.kind = 'evergreen'
  on conflict do nothing;
  return null;
end $$;

create function note_targets_of_evergreen_posts() returns trigger language plpgsql as $$
begin
  insert into planning_change (workspace_id, post_id)
  select distinct c.workspace_id, c.post_id from changed c join post p on p.id = c.post_id
   where c.status <> 'publishing' and p.kind = 'evergreen'
  on conflict do nothing;
  return null;
end $$;

create function note_views_of_evergreen_post() returns trigger language plpgsql as $$
begin
  insert into planning_change (workspace_id, post_id)
  select p.workspace_id, p.id from target t join post p on p.id = t.post_id
   where t.id = new.target_id and p.kind = 'evergreen'
  on conflict do nothing;
  return null;
end $$;

create function note_category() returns trigger language plpgsql as $$
begin
  insert into planning_change (workspace_id)
  values (case when tg_op = 'DELETE' then old.workspace_id else new.workspace_id end)
  on conflict do nothing;
  return null;
end $$;
`;

const TRIGGERS = `
create trigger planning_post_made after insert on post for each row
  when (new.kind = 'evergreen') execute function note_evergreen_post();
create trigger planning_post_changed
  after update of kind, tags, recycling, paused_at, expired_at, deleted_at, created_at on post for each row
  when (old.kind = 'evergreen' or new.kind = 'evergreen') execute function note_evergreen_post();
create trigger planning_variation_changed after insert or update on content_variation for each row
  execute function note_part_of_evergreen_post();
create trigger planning_target_made after insert on target
  referencing new table as changed for each statement execute function note_targets_of_evergreen_posts();
create trigger planning_target_changed after update on target
  referencing new table as changed for each statement execute function note_targets_of_evergreen_posts();
create trigger planning_views_taken after insert on target_metric for each row
  when (new.views is not null and not new.suspect) execute function note_views_of_evergreen_post();
create trigger planning_category_changed after insert or update or delete on category_recycling for each row
  execute function note_category();
`;
