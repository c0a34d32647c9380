import { Injectable } from '@nestjs/common';
import type { MediaId, WorkspaceId } from '../../kernel/ids.js';
import type { Media } from '../domain/media.js';
import { MediaStorage } from '../domain/media-storage.port.js';
import { noThumbnail } from '../domain/rendition.errors.js';
import { type Thumbnail, Thumbnails } from '../domain/thumbnails.port.js';
import { VideoTool } from '../domain/video-tool.port.js';
import { MediaLibrary } from './media-library.js';

/** Pictures made at once in this process; a page full of videos must not take the machine. */
const MAX_AT_ONCE = 2;

/** The small picture of a video: made when it is first asked for, kept for good. */
@Injectable()
export class ReadThumbnail {
  private readonly making = new Map<MediaId, Promise<Thumbnail>>();
  private readonly waiting: (() => void)[] = [];
  private running = 0;

  constructor(
    private readonly library: MediaLibrary,
    private readonly thumbnails: Thumbnails,
    private readonly storage: MediaStorage,
    private readonly tool: VideoTool,
  ) {}

  /**
   * @returns a JPEG
   * @throws DomainError `media.not_found`, `thumbnail.not_found` with the reason
   */
  async execute(workspaceId: WorkspaceId, mediaId: MediaId): Promise<Buffer> {
    const media = await this.library.get(workspaceId, mediaId);
    const thumbnail = (await this.thumbnails.find(mediaId)) ?? (await this.once(media));
    if (thumbnail.kind === 'none') throw noThumbnail(thumbnail.problem);
    return thumbnail.bytes;
  }

  private once(media: Media): Promise<Thumbnail> {
    const running = this.making.get(media.id);
    if (running) return running;
    const made = this.inTurn(() => this.make(media)).finally(() => this.making.delete(media.id));
    this.making.set(media.id, made);
    return made;
  }

  private async inTurn<T>(work: () => Promise<T>): Promise<T> {
    while (this.running >= MAX_AT_ONCE) await new Promise<void>((resolve) => this.waiting.push(resolve));
    this.running += 1;
    try {
      return await work();
    } finally {
      this.running -= 1;
      this.waiting.shift()?.();
    }
  }

  private async make(media: Media): Promise<Thumbnail> {
    const open = () => this.storage.open(media.storageKey);
    const outcome = await this.tool.thumbnail({ media, open });
    if (outcome.kind === 'no_tool') throw noThumbnail(NO_TOOL);
    // The machine's trouble, perhaps: the next reader may have more luck.
    if (outcome.kind === 'over_limit') throw noThumbnail(TOO_SLOW);
    const thumbnail: Thumbnail =
      outcome.kind === 'made' ? { kind: 'jpeg', bytes: outcome.value } : { kind: 'none', problem: UNREADABLE };
    await this.thumbnails.store({ workspaceId: media.workspaceId, mediaId: media.id }, thumbnail);
    return thumbnail;
  }
}

const NO_TOOL = 'This installation has no ffmpeg, so there are no thumbnails. Install it (FFMPEG_PATH names it).';
const TOO_SLOW = 'The picture took too long to make. Ask again later.';
const UNREADABLE = 'No picture could be read from this video. Play it from the start; if that fails, export it anew.';
