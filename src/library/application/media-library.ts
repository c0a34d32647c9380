import { Injectable } from '@nestjs/common';
import { notFound } from '../../kernel/domain-error.js';
import type { MediaId, WorkspaceId } from '../../kernel/ids.js';
import { type Tx, UnitOfWork } from '../../kernel/transaction.js';
import type { PublishMedia } from '../../platforms/domain/publish-content.js';
import { AuditLog } from '../../workspaces/domain/audit-log.port.js';
import { HostedLinks } from '../domain/hosted-links.js';
import { mediaInUse } from '../domain/library.errors.js';
import { type Media, videoFactsOf } from '../domain/media.js';
import { type Listed, type ListPlace, MediaRecords } from '../domain/media-records.port.js';
import { MediaStorage } from '../domain/media-storage.port.js';

/** The videos of a workspace. */
@Injectable()
export class MediaLibrary {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly records: MediaRecords,
    private readonly storage: MediaStorage,
    private readonly audit: AuditLog,
    private readonly links: HostedLinks,
  ) {}

  /** The media, or undefined when it is absent, deleted or another workspace's. */
  find(workspaceId: WorkspaceId, id: MediaId, tx?: Tx): Promise<Media | undefined> {
    return this.records.find(workspaceId, id, tx);
  }

  /** Those of `ids` that are here; the others are silently absent. */
  findMany(workspaceId: WorkspaceId, ids: readonly MediaId[], tx?: Tx): Promise<Media[]> {
    return this.records.findMany(workspaceId, ids, tx);
  }

  /** @throws DomainError `media.not_found` */
  async get(workspaceId: WorkspaceId, id: MediaId, tx?: Tx): Promise<Media> {
    const media = await this.records.find(workspaceId, id, tx);
    if (!media) throw notFound('media', id);
    return media;
  }

  list(workspaceId: WorkspaceId, place: ListPlace): Promise<Listed<Media>[]> {
    return this.records.list(workspaceId, place);
  }

  /**
   * The video as a platform adapter reads it.
   * @throws DomainError `media.not_found`
   */
  async publishMedia(workspaceId: WorkspaceId, id: MediaId): Promise<PublishMedia> {
    const media = await this.get(workspaceId, id);
    const open = (start?: number, end?: number) => this.storage.open(media.storageKey, start, end);
    const hostedUrl = this.links.addressesOf({ ...media, workspaceId });
    return { ...videoFactsOf(media), open, ...(hostedUrl ? { hostedUrl } : {}) };
  }

  /**
   * Takes a video out of the library and removes its bytes.
   * @throws DomainError `media.not_found`, `media.in_use`
   */
  async remove(workspaceId: WorkspaceId, id: MediaId, actor: string): Promise<void> {
    const storageKey = await this.unitOfWork.run(async (tx) => {
      const media = await this.records.lock(workspaceId, id, tx);
      if (!media) throw notFound('media', id);
      const use = await this.records.useOf(workspaceId, id, tx);
      if (use.posts > 0 || use.targets > 0) throw mediaInUse(use);
      await this.records.markDeleted(workspaceId, id, tx);
      const detail = { fileName: media.fileName, sha256: media.sha256 };
      await this.audit.append({ workspaceId, actor, action: 'media.deleted', subjectId: id, detail }, tx);
      return media.storageKey;
    });
    // After the commit: a crash in between leaves a file without owner, which the sweep removes.
    await this.storage.discard(storageKey);
  }
}
