import { Injectable } from '@nestjs/common';
import type { Tx } from '../../kernel/transaction.js';
import type { WorkspaceId } from '../../kernel/ids.js';
import { contradiction } from '../domain/file-signs.js';
import { mediaEmpty, mediaMisnamed, mediaRefused, mediaTruncated, notAVideo } from '../domain/library.errors.js';
import { arePlausible, cleanFileName, type Media, type VideoFacts } from '../domain/media.js';
import { MediaProber } from '../domain/media-prober.port.js';
import { MediaRecords } from '../domain/media-records.port.js';
import type { StagedFile } from '../domain/media-storage.port.js';

/** A staged file that proved to be a video, ready to become a media. */
export interface ProbedFile {
  readonly workspaceId: WorkspaceId;
  readonly fileName: string | undefined;
  /** The name comes from an address (`get.php`) and says nothing of the content. */
  readonly isNameGuessed?: boolean;
  /** Media type that the sender named, when there was one. */
  readonly declaredType?: string | undefined;
  readonly staged: StagedFile;
  readonly facts: VideoFacts;
}

/** Turns uploaded bytes into a media: judged first, stored second. */
@Injectable()
export class ImportMedia {
  constructor(
    private readonly prober: MediaProber,
    private readonly records: MediaRecords,
  ) {}

  /**
   * Reads what the bytes are. Outside any transaction, since it reads the file.
   * @throws DomainError `media.empty`, `media.not_a_video`, `media.truncated`, `media.polyglot`,
   *   `media.external_reference`
   */
  async judge(staged: StagedFile): Promise<VideoFacts> {
    if (staged.bytes === 0) throw mediaEmpty();
    const verdict = await this.prober.probe(staged);
    if (verdict.kind === 'refused') throw mediaRefused(verdict.refusal);
    if (verdict.kind === 'truncated') throw mediaTruncated();
    if (verdict.kind === 'not_a_video' || !arePlausible(verdict.facts)) throw notAVideo();
    return verdict.facts;
  }

  /**
   * Stores the media; the same bytes again answer the media they made the first time.
   * @throws DomainError `media.name_mismatch` when the sender named another kind of file
   */
  async store(file: ProbedFile, tx: Tx): Promise<Media> {
    const { workspaceId, fileName, staged, facts } = file;
    const said = contradiction(
      { fileName: file.isNameGuessed ? undefined : fileName, type: file.declaredType },
      facts.mimeType,
    );
    if (said !== undefined) throw mediaMisnamed(said, facts.container);
    const { id, storageKey, bytes } = staged;
    const sha256 = staged.sha256.toString('hex');
    return this.records.insert(
      { ...facts, id, workspaceId, storageKey, bytes, sha256, fileName: cleanFileName(fileName) },
      tx,
    );
  }
}
