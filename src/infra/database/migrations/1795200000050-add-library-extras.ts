import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Tags and words of posts that can be found, hashtag sets, calendar feeds.
 *
 * `words` holds the workspace as a word that nobody can type ('=<id>'): the index then meets only the workspace's own
 * posts, however common a word is elsewhere. Accents are taken off by Unicode's own decomposition and signs by ranges,
 * since the private server runs in the C locale and extensions are not everywhere.
 */
export class AddLibraryExtras1795200000050 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(FUNCTIONS.replaceAll('%COLLATE%', await letterCase(runner)));
    await runner.query(POSTS);
    await runner.query(TABLES);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
drop table calendar_feed, hashtag_set;
drop trigger post_tags_changed on post;
drop trigger post_tags_made on post;
drop table post_tag;
drop index post_by_words;
alter table post drop column words;
drop function keep_post_tags, post_words, search_text;
    `);
  }
}

/** Where the server knows ICU, letters beyond ASCII lose their case too. */
const letterCase = async (runner: QueryRunner): Promise<string> => {
  const found = (await runner.query(`select 1 from pg_collation where collname = 'und-x-icu' limit 1`)) as unknown[];
  return found.length > 0 ? 'collate "und-x-icu"' : '';
};

const FUNCTIONS = `
create function search_text(words text) returns text language sql immutable parallel safe
  return lower(regexp_replace(
    regexp_replace(normalize(words, NFKD), '[\\u0300-\\u036f\\ufe00-\\ufe0f]', '', 'g'),
    '[\\u00a1-\\u00bf\\u2000-\\u206f\\u2190-\\u2bff\\u3001-\\u3003\\u3008-\\u301f\\U0001F000-\\U0001FAFF]', ' ', 'g') %COLLATE%);

create function post_words(workspace_id uuid, title text, caption text, tags text[]) returns tsvector
  language sql immutable parallel safe
  return array_to_tsvector(array['=' || workspace_id::text]) || to_tsvector('pg_catalog.simple'::regconfig,
    search_text(coalesce(title, '') || ' ' || caption || ' ' || array_to_string(tags, ' ')));

create function keep_post_tags() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' then
    delete from post_tag where post_id = new.id;
  end if;
  if new.deleted_at is null then
    insert into post_tag (workspace_id, tag, created_at, post_id)
    select distinct new.workspace_id, t.tag, new.created_at, new.id from unnest(new.tags) as t (tag);
  end if;
  return null;
end $$;
`;

const POSTS = `
alter table post add column words tsvector
  generated always as (post_words(workspace_id, title, caption, tags)) stored;
create index post_by_words on post using gin (words) where deleted_at is null;

-- Follows post.tags by trigger, whoever writes them: a tag's posts in the order of lists, without deleted ones.
create table post_tag (
  workspace_id uuid not null,
  tag text not null,
  created_at timestamptz not null,
  post_id uuid not null,
  primary key (workspace_id, tag, created_at, post_id),
  foreign key (workspace_id, post_id) references post (workspace_id, id) on delete cascade
);
create index post_tag_post on post_tag (post_id);
insert into post_tag (workspace_id, tag, created_at, post_id)
  select distinct p.workspace_id, t.tag, p.created_at, p.id from post p, unnest(p.tags) as t (tag)
   where p.deleted_at is null;
create trigger post_tags_made after insert on post for each row
  when (cardinality(new.tags) > 0) execute function keep_post_tags();
create trigger post_tags_changed after update of tags, deleted_at, created_at on post for each row
  when (old.tags is distinct from new.tags or old.deleted_at is distinct from new.deleted_at
        or old.created_at <> new.created_at)
  execute function keep_post_tags();
`;

const TABLES = `
create table hashtag_set (
  id uuid primary key,
  workspace_id uuid not null references workspace (id) on delete cascade,
  name text not null check (length(name) between 1 and 100),
  hashtags text[] not null check (cardinality(hashtags) between 1 and 100),
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (workspace_id, id)
);
create unique index hashtag_set_name on hashtag_set (workspace_id, lower(name));
create index hashtag_set_newest on hashtag_set (workspace_id, created_at desc, id desc);

create table calendar_feed (
  id uuid primary key,
  workspace_id uuid not null references workspace (id) on delete cascade,
  name text not null check (length(name) between 1 and 100),
  -- SHA-256 of the secret part of the address; the address itself is shown once.
  token_hash bytea not null unique,
  -- What was last answered, and since when: the only source of Last-Modified that also sees what left the calendar.
  content_hash bytea,
  changed_at timestamptz,
  last_read_at timestamptz,
  created_at timestamptz not null default now(),
  unique (workspace_id, id)
);
create index calendar_feed_newest on calendar_feed (workspace_id, created_at desc, id desc);
`;
