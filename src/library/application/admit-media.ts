import { Injectable } from '@nestjs/common';
import { DomainError } from '../../kernel/domain-error.js';
import type { VideoFacts } from '../domain/media.js';
import { MediaStorage, type StagedFile } from '../domain/media-storage.port.js';
import { ImportMedia } from './import-media.js';

/** The last step of every way into the library: a staged file becomes a media, or goes. */
@Injectable()
export class AdmitMedia {
  constructor(
    private readonly storage: MediaStorage,
    private readonly imports: ImportMedia,
  ) {}

  /**
   * Judges the file and lets `record` store it.
   * @param record stores the media and answers it; another media than the file's own when the bytes were known
   * @throws DomainError of `ImportMedia.judge` and of `record`; the file is gone then
   */
  async run<T extends { readonly id: string }>(
    staged: StagedFile,
    record: (facts: VideoFacts) => Promise<T>,
  ): Promise<T> {
    const stored = await this.discardingOnRefusal(staged, async () => record(await this.imports.judge(staged)));
    // Known bytes or a replayed answer: the copy that just came is not needed.
    if (stored.id !== staged.id) await this.storage.discard(staged.storageKey);
    return stored;
  }

  /** A fault that is no refusal may have struck after the commit: then the file stays, and the sweep decides. */
  private async discardingOnRefusal<T>(staged: StagedFile, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof DomainError) await this.storage.discard(staged.storageKey);
      throw error;
    }
  }
}
