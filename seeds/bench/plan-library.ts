import type pg from 'pg';
import type { EvergreenItem, Queue } from '../../src/planning/domain/queues/queue.ts';

/** Posts of one statement. */
const CHUNK = 1_000;

const POSTS = `
insert into post (id, workspace_id, kind, caption, tags, recycling, created_at)
select i.id, $1, 'evergreen', 'Post ' || i.id, i.tags, i.recycling, i.created_at
  from jsonb_to_recordset($2::jsonb) as i (id uuid, tags text[], recycling jsonb, created_at timestamptz)`;

const MEDIA = `
insert into post_media (post_id, workspace_id, position, media_id)
select i.id, $1, 0, $3 from jsonb_to_recordset($2::jsonb) as i (id uuid)`;

const WORDINGS = `
insert into content_variation (workspace_id, post_id, number, caption)
select $1, i.id, n, 'Wording ' || n from jsonb_to_recordset($2::jsonb) as i (id uuid, variations int),
       generate_series(1, i.variations - 1) as n`;

const OCCURRENCES = `
insert into occurrence (id, workspace_id, post_id, number, planned_at, source)
select r.occurrence_id, $1, r.post_id, 1, r.at, 'queue'
  from jsonb_to_recordset($2::jsonb) as r (occurrence_id uuid, post_id uuid, at timestamptz) where true
on conflict do nothing`;

const TARGETS = `
insert into target (id, workspace_id, post_id, occurrence_id, account_id, platform, role, root_id, status, scheduled_at,
                    due_at, local_time, zone, stale_at, content, content_hash, media_id, platform_post_id, published_at)
select r.id, $1, r.post_id, r.occurrence_id, r.account_id, r.platform, 'origin', r.id, 'published', r.at, r.at,
       r.at at time zone 'UTC', 'UTC', r.at + interval '1 day', $4::jsonb, sha256(''), $3, r.id::text, r.at
  from jsonb_to_recordset($2::jsonb)
         as r (id uuid, post_id uuid, occurrence_id uuid, account_id uuid, platform text, at timestamptz)`;

const VIEWS = `
insert into target_metric (target_id, at, workspace_id, views)
select r.id, r.at + interval '1 day', $1, r.views
  from jsonb_to_recordset($2::jsonb) as r (id uuid, at timestamptz, views int) where r.views is not null`;

/** An id by a name such as `tiktok-7`, the same each time. */
export const accountIdOf = (name: string): string => {
  const [platform = '', queue = ''] = name.split('-');
  const place = { tiktok: 1, reels: 2, shorts: 3, skylight: 4 }[platform] ?? 9;
  return `0190b000-0000-7000-800${place}-${queue.padStart(12, '0')}`;
};

/** Accounts of these queues that nobody calls. */
export const addQueueAccounts = async (
  client: pg.Client,
  workspaceId: string,
  queues: readonly Queue[],
): Promise<void> => {
  const rows = JSON.stringify(
    queues.flatMap(({ accounts }) => accounts.map(({ id, platform }) => ({ id: accountIdOf(id), platform }))),
  );
  const from = `from jsonb_to_recordset($1::jsonb) as a (id uuid, platform text)`;
  await client.query(
    `insert into platform_identity (id, platform, external_id) select a.id, a.platform, a.id::text ${from}`,
    [rows],
  );
  await client.query(
    `insert into account (id, workspace_id, platform, identity_id, display_name, region, status, cred_enc, key_id)
     select a.id, $2, a.platform, a.id, 'Account ' || a.id, 'us', 'active', '\\x00', 'none' ${from}`,
    [rows, workspaceId],
  );
};

/** Stores the very posts that the figures in memory are about, with their runs and views. */
export const addLibrary = async (
  client: pg.Client,
  cast: { readonly workspaceId: string; readonly mediaId: string },
  items: readonly EvergreenItem[],
): Promise<void> => {
  await client.query('set session_replication_role = replica');
  const media = {
    id: cast.mediaId,
    sha256: '',
    bytes: 10,
    mimeType: 'video/mp4',
    durationMs: 5_000,
    width: 1,
    height: 2,
  };
  const content = JSON.stringify({
    caption: 'Hi',
    tags: [],
    options: {},
    media,
    base: { caption: 'Hi' },
    variants: {},
  });
  for (let start = 0; start < items.length; start += CHUNK) {
    const chunk = items.slice(start, start + CHUNK);
    const posts = [cast.workspaceId, JSON.stringify(chunk.map(postRow))];
    const runs = [cast.workspaceId, JSON.stringify(chunk.flatMap(targetRows))];
    await client.query(POSTS, posts);
    await client.query(MEDIA, [...posts, cast.mediaId]);
    await client.query(WORDINGS, posts);
    await client.query(OCCURRENCES, runs);
    await client.query(TARGETS, [...runs, cast.mediaId, content]);
    await client.query(VIEWS, runs);
  }
  await client.query('set session_replication_role = default');
  for (const table of ['post', 'post_media', 'content_variation', 'occurrence', 'target', 'target_metric'])
    await client.query(`vacuum analyze ${table}`);
};

const postRow = ({ postId, categories, priority, weight, createdAt, recycling, seasons }: EvergreenItem) => ({
  id: postId,
  tags: categories,
  recycling: {
    ...{ priority, weight, cooldownDays: recycling.cooldownDays },
    ...(recycling.gap ? { gap: recycling.gap.count, gapFreq: recycling.gap.unit } : {}),
    ...(recycling.expireCount === undefined ? {} : { expireCount: recycling.expireCount }),
    ...(seasons.length === 0 ? {} : { seasons }),
  },
  created_at: createdAt,
  variations: recycling.variations,
});

const targetRows = ({ postId, past, views }: EvergreenItem) =>
  [...past.lastOn].map(([account, at], place) => ({
    id: postId.replace('0190a000', `0190d00${place}`),
    post_id: postId,
    occurrence_id: postId.replace('0190a000', '0190c000'),
    account_id: accountIdOf(account),
    platform: account.split('-')[0],
    at,
    views: views.find(({ platform }) => account.startsWith(platform))?.mean,
  }));
