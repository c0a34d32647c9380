import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../kernel/transaction.js';
import type { Media } from '../domain/media.js';
import { MediaRecords } from '../domain/media-records.port.js';
import { MediaStorage, type StagedFile } from '../domain/media-storage.port.js';
import { noRenderTool } from '../domain/rendition.errors.js';
import { RENDER_MAX_BYTES, type Rendition, type RenditionProblem, renditionName } from '../domain/rendition.js';
import { Renditions } from '../domain/renditions.port.js';
import { type ToolOutcome, VideoTool } from '../domain/video-tool.port.js';
import { AdmitMedia } from './admit-media.js';
import { ImportMedia } from './import-media.js';

/** The tool's own limit counts in blocks. */
const BLOCK_BYTES = 512;

/** One try. */
export interface MakingRun {
  /** Stops the work; the rendition waits for another process then. */
  readonly signal: AbortSignal;
  /** Nobody comes back: a fault ends the rendition. */
  readonly isLastTry: boolean;
}

/** Where what the tool made becomes a media. */
@Injectable()
export class KeepRendition {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly renditions: Renditions,
    private readonly admit: AdmitMedia,
    private readonly imports: ImportMedia,
  ) {}

  execute({ id, workspaceId }: Rendition, staged: StagedFile, original: Media): Promise<Media> {
    const fileName = renditionName(original.fileName);
    return this.admit.run(staged, (facts) =>
      this.unitOfWork.run(async (tx) => {
        const media = await this.imports.store({ workspaceId, fileName, staged, facts }, tx);
        await this.renditions.finish(id, media.id, tx);
        return media;
      }),
    );
  }
}

/** Makes one rendition: reads the original, lets the tool work, keeps the result as a media of its own. */
@Injectable()
export class MakeRendition {
  constructor(
    private readonly records: MediaRecords,
    private readonly renditions: Renditions,
    private readonly storage: MediaStorage,
    private readonly tool: VideoTool,
    private readonly keep: KeepRendition,
  ) {}

  /**
   * Safe to run again: one that is at its end is left alone.
   * @throws what storage or database throw, or the signal's reason; the rendition is back in the queue then
   */
  async execute(renditionId: string, { signal, isLastTry }: MakingRun): Promise<void> {
    const rendition = await this.renditions.begin(renditionId);
    if (!rendition) return;
    try {
      const { workspaceId, mediaId } = rendition;
      const media = await this.records.find(workspaceId, mediaId);
      const problem = media ? await this.make(rendition, media, signal) : ORIGINAL_GONE;
      if (problem) await this.renditions.fail(renditionId, problem);
    } catch (error) {
      await (isLastTry && !signal.aborted
        ? this.renditions.fail(renditionId, BROKEN_OFF)
        : this.renditions.requeue(renditionId));
      throw error;
    }
  }

  private async make(rendition: Rendition, media: Media, signal: AbortSignal): Promise<RenditionProblem | undefined> {
    const { id, workspaceId } = rendition;
    const open = () => this.storage.open(media.storageKey);
    const onProgress = (share: number) => void this.renditions.progressed(id, share).catch(() => undefined);
    const outcome = await this.tool.render({ media, open }, { signal, onProgress }, (source) =>
      this.storage.stage({ workspaceId, source, maxBytes: RENDER_MAX_BYTES + BLOCK_BYTES }),
    );
    if (outcome.kind !== 'made') return problemOf(outcome);
    await this.keep.execute(rendition, outcome.value, media);
    return undefined;
  }
}

const ORIGINAL_GONE: RenditionProblem = {
  code: 'rendition.original_gone',
  detail: 'The video was deleted before its rendition was made. Upload it again.',
};

const BROKEN_OFF: RenditionProblem = {
  code: 'rendition.broken_off',
  detail: 'The server could not finish it, several times over; its log says why. Ask again.',
};

const problemOf = (outcome: Exclude<ToolOutcome<unknown>, { kind: 'made' }>): RenditionProblem => {
  switch (outcome.kind) {
    case 'refused':
      return {
        code: 'rendition.unreadable',
        detail:
          'ffmpeg could not read this video to its end. Play it from start to finish, export it anew, upload that.',
      };
    case 'over_limit':
      return {
        code: 'rendition.over_limit',
        detail:
          'This video took more time, memory or space than one rendition may (RENDER_TIMEOUT_SECONDS, ' +
          'RENDER_MEMORY_MB). Export it smaller, or raise the limits on the server.',
      };
    case 'no_tool':
      return { code: 'rendition.no_tool', detail: noRenderTool().message };
  }
};
