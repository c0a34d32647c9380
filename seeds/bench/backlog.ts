import type pg from 'pg';
import { credentialBox, secretBox } from './built.ts';

/** How much there is of what. */
export interface WorldSize {
  readonly accounts: number;
  /** Runs of posts that every account can have at most. */
  readonly postsPerAccount: number;
}

const PLATFORMS = ['tiktok', 'reels', 'shorts', 'skylight'];
const WORKSPACES = 100;
const CHUNK = 100_000;

/** Workspaces, accounts with sealed credentials, posts with one run each; `bench_account` numbers the accounts. */
export const seedWorld = async (db: pg.Client, keys: string, size: WorldSize): Promise<void> => {
  await db.query(`
    create table bench_account (n int primary key, id uuid not null, workspace_id uuid not null, platform text not null);
    create table bench_post (workspace_id uuid, k int, post_id uuid, occurrence_id uuid, primary key (workspace_id, k));
    create sequence bench_target;`);
  await db.query(
    `insert into workspace (id, name, region, time_zone) select uuidv7(), 'Bench ' || n, 'us', 'UTC' from generate_series(1, ${WORKSPACES}) n`,
  );
  await db.query(
    `with owner as (select id, row_number() over (order by id) - 1 as w from workspace)
     insert into bench_account select n, uuidv7(), o.id, ($2::text[])[1 + (n / ${WORKSPACES}) % 4]
       from generate_series(0, $1::int - 1) n join owner o on o.w = n % ${WORKSPACES}`,
    [size.accounts, PLATFORMS],
  );
  await db.query(
    `insert into platform_identity (id, platform, external_id) select id, platform, id::text from bench_account`,
  );
  await insertAccounts(db, keys);
  await db.query(`
    insert into media (id, workspace_id, state, file_name, storage_key, sha256, bytes, mime_type, duration_ms, width, height, fps)
    select uuidv7(), id, 'ready', 'a.mp4', id::text, sha256(id::text::bytea), 1000000, 'video/mp4', 15000, 1080, 1920, 30 from workspace`);
  await db.query(
    `insert into bench_post select w.id, k, uuidv7(), uuidv7() from workspace w, generate_series(0, $1::int - 1) k`,
    [size.postsPerAccount],
  );
  await db.query(
    `insert into post (id, workspace_id, kind, caption) select post_id, workspace_id, 'one_shot', 'Bench' from bench_post`,
  );
  await db.query(`
    insert into occurrence (id, workspace_id, post_id, number, planned_at, source)
    select occurrence_id, workspace_id, post_id, 1, now(), 'api' from bench_post`);
};

const insertAccounts = async (db: pg.Client, keys: string): Promise<void> => {
  const [{ SecretBox }, { CredentialBox }] = [await secretBox(), await credentialBox()];
  const box = new CredentialBox(new SecretBox(keys));
  const { rows } = await db.query<{ id: string }>('select id from bench_account');
  const sealed = rows.map(({ id }) => box.seal(id, { token: 'none' }));
  await db.query(
    `insert into account (id, workspace_id, platform, identity_id, display_name, region, status, cred_enc, key_id)
     select b.id, b.workspace_id, b.platform, b.id, 'Bench', 'us', 'active', c.cred_enc, c.key_id
       from unnest($1::uuid[], $2::bytea[], $3::text[]) as c (id, cred_enc, key_id) join bench_account b using (id)`,
    [rows.map(({ id }) => id), sealed.map((secret) => secret.sealed), sealed.map(({ keyId }) => keyId)],
  );
};

/** The targets' own due instants, as SQL over the number `i`, 0 for the first. */
export interface TargetPlan {
  readonly count: number;
  /** SQL for a timestamptz; `i` is the target's number. */
  readonly dueAt: string;
  /** SQL for the age, an interval. */
  readonly age: string;
}

const INSERT = ({ dueAt, age }: TargetPlan): string => `
  with drawn as (
    select i, $1::int + i as place, ${dueAt} as due, ${age} as age from generate_series($2::int, $3::int) i
  )
  insert into target (id, workspace_id, post_id, occurrence_id, account_id, platform, role, root_id, status, scheduled_at, due_at,
                      local_time, zone, stale_at, content, content_hash, media_id, created_at, updated_at)
  select d.id, a.workspace_id, p.post_id, p.occurrence_id, a.id, a.platform, 'origin', d.id, 'scheduled', d.due, d.due,
         d.due at time zone 'UTC', 'UTC', d.due + interval '2 days',
         jsonb_build_object('caption', repeat('A caption as long as most are. ', 5), 'tags', '[]'::jsonb, 'options', '{}'::jsonb,
           'base', jsonb_build_object('caption', repeat('A caption as long as most are. ', 5)), 'variants', '{}'::jsonb,
           'media', jsonb_build_object('id', m.id, 'sha256', '', 'bytes', m.bytes, 'mimeType', m.mime_type,
             'durationMs', m.duration_ms, 'width', m.width, 'height', m.height, 'fps', m.fps)),
         '\\x00', m.id, now() - d.age, now() - d.age
    from (select *, uuidv7(-age) as id from drawn) d
    join bench_account a on a.n = d.place % $4
    join bench_post p on p.workspace_id = a.workspace_id and p.k = d.place / $4
    join media m on m.workspace_id = a.workspace_id
   order by d.i`;

/** Inserts targets after `from` others that were inserted before; every (post, account) is used once. */
export const seedTargets = async (db: pg.Client, plan: TargetPlan, from: number, accounts: number): Promise<void> => {
  // The rows are right by construction; a million checks of foreign keys would only take time.
  await db.query(`set session_replication_role = replica`);
  for (let first = 0; first < plan.count; first += CHUNK) {
    const last = Math.min(first + CHUNK, plan.count) - 1;
    await db.query(INSERT(plan), [from, first, last, accounts]);
  }
  await db.query(`set session_replication_role = origin`);
};

/** A million or so targets of the next 30 days, created over the last 30. */
export const seedBehind = (db: pg.Client, count: number, accounts: number): Promise<void> =>
  seedTargets(
    db,
    { count, dueAt: `now() + interval '1 hour' + random() * interval '30 days'`, age: `random() * interval '30 days'` },
    0,
    accounts,
  );
