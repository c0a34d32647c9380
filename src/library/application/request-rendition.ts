import { Injectable } from '@nestjs/common';
import { Clock } from '../../kernel/clock.port.js';
import { DAY_MS } from '../../kernel/durations.js';
import { notFound } from '../../kernel/domain-error.js';
import { type MediaId, newId, type WorkspaceId } from '../../kernel/ids.js';
import type { Tx } from '../../kernel/transaction.js';
import { MediaRecords } from '../domain/media-records.port.js';
import { isRendition, noRenderTool, tooLongToRender } from '../domain/rendition.errors.js';
import { type Rendition, RENDER_MAX_MS } from '../domain/rendition.js';
import { RenditionQueue, Renditions } from '../domain/renditions.port.js';
import { VideoTool } from '../domain/video-tool.port.js';

/** An order that nobody took up for so long lost its job. */
const QUEUED_LIMIT_MS = DAY_MS;

/** Longest silence of a working process: it writes its progress every few seconds. */
export class SilenceLimit {
  constructor(readonly ms: number) {}
}

/** Orders the common render of a video, once: who asks again gets the one that is under way or done. */
@Injectable()
export class RequestRendition {
  constructor(
    private readonly clock: Clock,
    private readonly records: MediaRecords,
    private readonly renditions: Renditions,
    private readonly queue: RenditionQueue,
    private readonly tool: VideoTool,
    private readonly silence: SilenceLimit,
  ) {}

  /** @throws DomainError `media.not_found`, `rendition.no_tool`, `rendition.too_long`, `rendition.of_rendition` */
  async execute({ workspaceId, mediaId }: { workspaceId: WorkspaceId; mediaId: MediaId }, tx: Tx): Promise<Rendition> {
    const media = await this.records.lock(workspaceId, mediaId, tx);
    if (!media) throw notFound('media', mediaId);
    const earlier = await this.earlier(workspaceId, mediaId, tx);
    if (earlier) return earlier;
    if (await this.renditions.isResult(mediaId, tx)) throw isRendition();
    if (media.durationMs > RENDER_MAX_MS) throw tooLongToRender(media.durationMs);
    if (!(await this.tool.isInstalled())) throw noRenderTool();
    const rendition = await this.renditions.insert({ id: newId(), workspaceId, mediaId }, tx);
    await this.queue.enqueue(rendition.id, tx);
    return rendition;
  }

  /** One that is under way, or whose result is still here. */
  private async earlier(workspaceId: WorkspaceId, mediaId: MediaId, tx: Tx): Promise<Rendition | undefined> {
    for (const rendition of await this.renditions.list(workspaceId, mediaId, tx)) {
      if (rendition.state === 'failed') continue;
      if (rendition.resultId !== undefined) {
        if (await this.records.find(workspaceId, rendition.resultId, tx)) return rendition;
        continue;
      }
      if (!this.isDead(rendition)) return rendition;
      const detail = 'The process that made it died more than once. Ask again.';
      await this.renditions.fail(rendition.id, { code: 'rendition.broken_off', detail }, tx);
    }
    return undefined;
  }

  private isDead({ state, updatedAt }: Rendition): boolean {
    const silentMs = this.clock.now().getTime() - updatedAt.getTime();
    return silentMs > (state === 'running' ? this.silence.ms : QUEUED_LIMIT_MS);
  }
}
