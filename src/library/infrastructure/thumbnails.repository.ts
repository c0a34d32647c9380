import { Injectable } from '@nestjs/common';
import { Database } from '../../infra/database/database.js';
import type { MediaId, WorkspaceId } from '../../kernel/ids.js';
import { type Thumbnail, Thumbnails } from '../domain/thumbnails.port.js';

@Injectable()
export class ThumbnailsRepository extends Thumbnails {
  constructor(private readonly database: Database) {
    super();
  }

  async find(mediaId: MediaId): Promise<Thumbnail | undefined> {
    const row = await this.database.row<{ jpeg: Buffer | null; problem: string | null }>(
      `select jpeg, problem from media_thumbnail where media_id = $1`,
      [mediaId],
    );
    if (!row) return undefined;
    return row.jpeg ? { kind: 'jpeg', bytes: row.jpeg } : { kind: 'none', problem: row.problem ?? '' };
  }

  async store({ workspaceId, mediaId }: { workspaceId: WorkspaceId; mediaId: MediaId }, thumbnail: Thumbnail) {
    const [jpeg, problem] = thumbnail.kind === 'jpeg' ? [thumbnail.bytes, null] : [null, thumbnail.problem];
    await this.database.affected(
      `insert into media_thumbnail (media_id, workspace_id, jpeg, problem) values ($1, $2, $3, $4)
       on conflict (media_id) do nothing`,
      [mediaId, workspaceId, jpeg, problem],
    );
  }
}
