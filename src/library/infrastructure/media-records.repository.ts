import { Injectable } from '@nestjs/common';
import { Database } from '../../infra/database/database.js';
import type { MediaId, WorkspaceId } from '../../kernel/ids.js';
import type { Tx } from '../../kernel/transaction.js';
import type { Media } from '../domain/media.js';
import { renditionColumn } from './media-file.rows.js';
import { type Listed, type ListPlace, MediaRecords, type MediaUse } from '../domain/media-records.port.js';

type Optional = 'audioCodec' | 'audioChannels' | 'audioSampleRate' | 'rendition' | 'renderedFrom';
type Row = Omit<Media, Optional> & { readonly [K in Optional]: Exclude<Media[K], undefined> | null };

const COLUMNS = `id, workspace_id as "workspaceId", file_name as "fileName", storage_key as "storageKey",
  encode(sha256, 'hex') as sha256, bytes::float8 as bytes, mime_type as "mimeType", container,
  video_codec as "videoCodec", audio_codec as "audioCodec", audio_channels as "audioChannels",
  audio_sample_rate as "audioSampleRate", width, height, duration_ms as "durationMs",
  round(coalesce(fps, 0)::numeric, 3)::float8 as fps, created_at as "createdAt", ${renditionColumn('media')} as rendition,
  (select r.media_id from rendition r where r.result_id = media.id limit 1) as "renderedFrom"`;

const toMedia = <R extends Row>(row: R): Omit<R, Optional> & Pick<Media, Optional> =>
  // Only the optional ones can be null.
  Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)) as Omit<R, Optional> &
    Pick<Media, Optional>;

@Injectable()
export class MediaRecordsRepository extends MediaRecords {
  constructor(private readonly database: Database) {
    super();
  }

  async insert(media: Omit<Media, 'createdAt'>, tx: Tx): Promise<Media> {
    for (;;) {
      const stored = (await this.tryInsert(media, tx)) ?? (await this.sameBytes(media, tx));
      // Neither: the twin was deleted between the two statements, so the place is free now.
      if (stored) return toMedia(stored);
    }
  }

  private tryInsert(media: Omit<Media, 'createdAt'>, tx: Tx): Promise<Row | undefined> {
    return this.database.row<Row>(
      `insert into media (id, workspace_id, state, file_name, storage_key, sha256, bytes, mime_type, container,
                          video_codec, audio_codec, width, height, duration_ms, fps, audio_channels, audio_sample_rate)
       values ($1, $2, 'ready', $3, $4, decode($5, 'hex'), $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
       on conflict (workspace_id, sha256) where state = 'ready' do nothing
       returning ${COLUMNS}`,
      [
        media.id,
        media.workspaceId,
        media.fileName,
        media.storageKey,
        media.sha256,
        media.bytes,
        media.mimeType,
        media.container,
        media.videoCodec,
        media.audioCodec ?? null,
        media.width,
        media.height,
        media.durationMs,
        media.fps,
        media.audioChannels ?? null,
        media.audioSampleRate ?? null,
      ],
      tx,
    );
  }

  private sameBytes({ workspaceId, sha256 }: Pick<Media, 'workspaceId' | 'sha256'>, tx: Tx): Promise<Row | undefined> {
    return this.database.row<Row>(
      `select ${COLUMNS} from media where workspace_id = $1 and sha256 = decode($2, 'hex') and state = 'ready'`,
      [workspaceId, sha256],
      tx,
    );
  }

  find(workspaceId: WorkspaceId, id: MediaId, tx?: Tx): Promise<Media | undefined> {
    return this.one('', [workspaceId, id], tx);
  }

  async findMany(workspaceId: WorkspaceId, ids: readonly MediaId[], tx?: Tx): Promise<Media[]> {
    const rows = await this.database.rows<Row>(
      `select ${COLUMNS} from media where workspace_id = $1 and id = any($2::uuid[]) and state = 'ready'`,
      [workspaceId, ids],
      tx,
    );
    return rows.map((row) => toMedia(row));
  }

  lock(workspaceId: WorkspaceId, id: MediaId, tx: Tx): Promise<Media | undefined> {
    return this.one('for update', [workspaceId, id], tx);
  }

  private async one(lock: '' | 'for update', key: [WorkspaceId, MediaId], tx?: Tx): Promise<Media | undefined> {
    const row = await this.database.row<Row>(
      `select ${COLUMNS} from media where workspace_id = $1 and id = $2 and state = 'ready' ${lock}`,
      key,
      tx,
    );
    return row && toMedia(row);
  }

  async list(workspaceId: WorkspaceId, { limit, after }: ListPlace): Promise<Listed<Media>[]> {
    const rows = await this.database.rows<Listed<Row>>(
      `select ${COLUMNS}, created_at::text as at from media
        where workspace_id = $1 and state = 'ready'
          and ($2::timestamptz is null or (created_at, id) < ($2, $3::uuid))
        order by created_at desc, id desc limit $4`,
      [workspaceId, after?.at ?? null, after?.id ?? null, limit],
    );
    return rows.map(toMedia);
  }

  async useOf(workspaceId: WorkspaceId, id: MediaId, tx: Tx): Promise<MediaUse> {
    // Reads the publishing room's table: that room stands above this one and cannot be asked.
    const use = await this.database.row<MediaUse>(
      // A rendition is used by whoever uses its original.
      `with used as (select $2::uuid as id union select media_id from rendition where result_id = $2)
       select (select count(*)::int from post_media pm join post p on p.id = pm.post_id
                where pm.media_id in (table used) and pm.workspace_id = $1 and p.deleted_at is null) as posts,
              (select count(*)::int from target
                where media_id in (table used) and workspace_id = $1
                  and status not in ('published', 'rerouted', 'missed', 'failed', 'cancelled')) as targets`,
      [workspaceId, id],
      tx,
    );
    return use ?? { posts: 0, targets: 0 };
  }

  async markDeleted(workspaceId: WorkspaceId, id: MediaId, tx: Tx): Promise<void> {
    await this.database.affected(
      `with gone as (delete from media_thumbnail where workspace_id = $1 and media_id = $2)
       update media set state = 'deleted' where workspace_id = $1 and id = $2`,
      [workspaceId, id],
      tx,
    );
  }

  async owned(storageKeys: readonly string[]): Promise<string[]> {
    const rows = await this.database.rows<{ storageKey: string }>(
      `select storage_key as "storageKey" from media where storage_key = any($1) and state = 'ready'
       union all
       select storage_key from media_upload_part where storage_key = any($1)`,
      [storageKeys],
    );
    return rows.map(({ storageKey }) => storageKey);
  }
}
