import { Injectable } from '@nestjs/common';
import { Database } from '../../infra/database/database.js';
import type { MediaId, WorkspaceId } from '../../kernel/ids.js';
import type { Tx } from '../../kernel/transaction.js';
import type { KeptProblem, ResumableUpload, UploadId, UploadPart } from '../domain/resumable-upload.js';
import { type NewUpload, ResumableUploads } from '../domain/resumable-uploads.port.js';

type Row = Omit<ResumableUpload, 'mediaId' | 'problem'> & {
  readonly mediaId: MediaId | null;
  readonly problem: KeptProblem | null;
};

const COLUMNS = `id, workspace_id as "workspaceId", state, metadata, total_bytes::float8 as "totalBytes",
  received_bytes::float8 as "receivedBytes", media_id as "mediaId", problem, created_at as "createdAt",
  expires_at as "expiresAt"`;

const toUpload = ({ mediaId, problem, ...rest }: Row): ResumableUpload => ({
  ...rest,
  ...(mediaId === null ? {} : { mediaId }),
  ...(problem === null ? {} : { problem }),
});

const EXPIRE_GROUP = 500;

@Injectable()
export class ResumableUploadsRepository extends ResumableUploads {
  constructor(private readonly database: Database) {
    super();
  }

  async insert(upload: NewUpload, maxOpen: number): Promise<ResumableUpload | undefined> {
    const { id, workspaceId, totalBytes, metadata, expiresAt } = upload;
    await this.database.affected(
      `insert into media_upload (id, workspace_id, total_bytes, metadata, expires_at)
       select $1, $2, $3, $4, $5
        where (select count(*) from media_upload where workspace_id = $2 and state = 'receiving') < $6
       on conflict (id) do nothing`,
      [id, workspaceId, totalBytes, JSON.stringify(metadata), expiresAt, maxOpen],
    );
    return this.find(workspaceId, id);
  }

  find(workspaceId: WorkspaceId, id: UploadId): Promise<ResumableUpload | undefined> {
    return this.one('', workspaceId, id);
  }

  lock(workspaceId: WorkspaceId, id: UploadId, tx: Tx): Promise<ResumableUpload | undefined> {
    return this.one('for update', workspaceId, id, tx);
  }

  private async one(
    lock: '' | 'for update',
    ...[workspaceId, id, tx]: [WorkspaceId, UploadId, Tx?]
  ): Promise<ResumableUpload | undefined> {
    const row = await this.database.row<Row>(
      `select ${COLUMNS} from media_upload where workspace_id = $1 and id = $2 ${lock}`,
      [workspaceId, id],
      tx,
    );
    return row && toUpload(row);
  }

  parts(id: UploadId): Promise<UploadPart[]> {
    return this.database.rows<UploadPart>(
      `select file_id as "fileId", first_byte::float8 as "firstByte", bytes::float8 as bytes,
              storage_key as "storageKey", sha256
         from media_upload_part where upload_id = $1 order by first_byte`,
      [id],
    );
  }

  async addPart(id: UploadId, { fileId, firstByte, bytes, storageKey, sha256 }: UploadPart): Promise<boolean> {
    const added = await this.database.affected(
      `with grown as (update media_upload set received_bytes = received_bytes + $3
                       where id = $1 and state = 'receiving' and received_bytes = $2
                         and received_bytes + $3 <= total_bytes
                      returning id)
       insert into media_upload_part (upload_id, first_byte, bytes, file_id, storage_key, sha256)
       select id, $2, $3, $4, $5, $6 from grown`,
      [id, firstByte, bytes, fileId, storageKey, sha256],
    );
    return added === 1;
  }

  async markReady(id: UploadId, mediaId: MediaId, tx: Tx): Promise<void> {
    await this.database.affected(
      `with done as (update media_upload set state = 'ready', media_id = $2 where id = $1 returning id)
       delete from media_upload_part where upload_id in (select id from done)`,
      [id, mediaId],
      tx,
    );
  }

  async markRefused(id: UploadId, problem: KeptProblem): Promise<void> {
    await this.database.affected(
      `with done as (update media_upload set state = 'refused', problem = $2
                      where id = $1 and state = 'receiving' returning id)
       delete from media_upload_part where upload_id in (select id from done)`,
      [id, JSON.stringify(problem)],
    );
  }

  async remove(workspaceId: WorkspaceId, id: UploadId): Promise<string[] | undefined> {
    const [gone] = await this.removeWhere('workspace_id = $1 and id = $2', [workspaceId, id]);
    return gone?.keys;
  }

  async removeExpired(now: Date): Promise<string[]> {
    const gone = await this.removeWhere(
      `id in (select id from media_upload where expires_at <= $1 order by expires_at limit ${EXPIRE_GROUP}
              for update skip locked)`,
      [now],
    );
    return gone.flatMap(({ keys }) => keys);
  }

  /** One statement sees one snapshot: the keys are read although the cascade removes their rows. */
  private removeWhere(condition: string, parameters: readonly unknown[]): Promise<{ keys: string[] }[]> {
    return this.database.rows<{ keys: string[] }>(
      `delete from media_upload where ${condition}
       returning array(select storage_key from media_upload_part where upload_id = media_upload.id) as keys`,
      parameters,
    );
  }
}
