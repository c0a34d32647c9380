import { randomBytes } from 'node:crypto';
import type { Database } from '../../src/infra/database/database.js';
import { newId } from '../../src/kernel/ids.js';

/** Ids of a workspace with one account and one post, made directly in the tables. */
export interface SeededWorkspace {
  readonly workspaceId: string;
  readonly accountId: string;
  readonly postId: string;
  readonly mediaId: string;
}

/** The least a target needs to exist. */
export const seedWorkspace = async (
  database: Database,
  platform = 'tiktok',
  region = 'us',
): Promise<SeededWorkspace> => {
  const [workspaceId, accountId, postId, mediaId] = [newId(), newId(), newId(), newId()];
  await database.affected(`insert into workspace (id, name, region, time_zone) values ($1, 'Test', $2, 'UTC')`, [
    workspaceId,
    region,
  ]);
  await seedAccount(database, { workspaceId, accountId, platform, region });
  await database.affected(
    `insert into media (id, workspace_id, state, file_name, storage_key, sha256, bytes, mime_type, duration_ms)
     values ($1, $2, 'ready', 'a.mp4', $3, $4, 10, 'video/mp4', 5000)`,
    [mediaId, workspaceId, mediaId, randomBytes(32)],
  );
  await database.affected(`insert into post (id, workspace_id, kind, caption) values ($1, $2, 'one_shot', 'Hi')`, [
    postId,
    workspaceId,
  ]);
  return { workspaceId, accountId, postId, mediaId };
};

export const seedAccount = async (
  database: Database,
  account: { workspaceId: string; accountId: string; platform: string; region: string },
): Promise<void> => {
  const identityId = newId();
  await database.affected(`insert into platform_identity (id, platform, external_id) values ($1, $2, $3)`, [
    identityId,
    account.platform,
    identityId,
  ]);
  await database.affected(
    `insert into account (id, workspace_id, platform, identity_id, display_name, region, status, cred_enc, key_id)
     values ($1, $2, $3, $4, 'A', $5, 'active', '\\x00', 'k')`,
    [account.accountId, account.workspaceId, account.platform, identityId, account.region],
  );
};

/** A scheduled target of a new run of the seeded post. @param dueInMs negative: due already */
export const seedTarget = async (
  database: Database,
  { workspaceId, accountId, postId, mediaId }: SeededWorkspace,
  dueInMs: number,
): Promise<string> => {
  const [id, occurrenceId] = [newId(), newId()];
  await database.affected(
    `insert into occurrence (id, workspace_id, post_id, number, planned_at, source)
     select $1, $2, $3, coalesce(max(number), 0) + 1, now(), 'api' from occurrence where post_id = $3`,
    [occurrenceId, workspaceId, postId],
  );
  const media = {
    id: mediaId,
    sha256: '',
    bytes: 10,
    mimeType: 'video/mp4',
    durationMs: 5000,
    width: 1,
    height: 2,
    fps: 30,
  };
  const content = { caption: 'Hi', tags: [], options: {}, media, base: { caption: 'Hi' }, variants: {} };
  await database.affected(
    `insert into target (id, workspace_id, post_id, occurrence_id, account_id, platform, role, root_id, status,
                         scheduled_at, due_at, local_time, zone, stale_at, content, content_hash, media_id)
     select $1, $2, $3, $4, a.id, a.platform, 'origin', $1, 'scheduled', due, due, due at time zone 'UTC', 'UTC',
            due + interval '2 days', $6::jsonb, '\\x00', $7
       from account a, (select clock_timestamp() + $8 * interval '1 ms' as due) d where a.id = $5`,
    [id, workspaceId, postId, occurrenceId, accountId, JSON.stringify(content), mediaId, dueInMs],
  );
  await database.affected(
    `insert into target_event (target_id, seq, workspace_id, to_status, cause, actor) values ($1, 1, $2, 'scheduled', 'scheduled', 'test')`,
    [id, workspaceId],
  );
  return id;
};
