import type { Provider } from '@nestjs/common';
import { SECOND_MS } from '../kernel/durations.js';
import { ListRenditions } from './application/list-renditions.js';
import { KeepRendition, MakeRendition } from './application/make-rendition.js';
import { ReadThumbnail } from './application/read-thumbnail.js';
import { RequestRendition, SilenceLimit } from './application/request-rendition.js';
import { RenditionQueue, Renditions } from './domain/renditions.port.js';
import { Thumbnails } from './domain/thumbnails.port.js';
import { VideoTool } from './domain/video-tool.port.js';
import { BossRenditionQueue } from './infrastructure/boss-rendition-queue.js';
import { type FfmpegSettings, FfmpegTool } from './infrastructure/ffmpeg.tool.js';
import { RenditionsRepository } from './infrastructure/renditions.repository.js';
import { ThumbnailsRepository } from './infrastructure/thumbnails.repository.js';
import { MakeRenditionsJob } from './jobs/make-renditions.job.js';

/** What the configuration says of the program and its limits. */
export abstract class RenderSettings implements FfmpegSettings {
  abstract readonly program: string;
  abstract readonly folder: string;
  abstract readonly timeoutSeconds: number;
  abstract readonly memoryMb: number;
}

/** Twice the longest run: copying is silent too. */
const silenceOf = ({ timeoutSeconds }: RenderSettings) => new SilenceLimit(2 * timeoutSeconds * SECOND_MS);

/** Renditions and thumbnails, which need a program beside us. */
export const RENDER_PROVIDERS: readonly Provider[] = [
  {
    provide: VideoTool,
    inject: [RenderSettings],
    useFactory: (settings: RenderSettings) => new FfmpegTool(settings),
  },
  { provide: Renditions, useClass: RenditionsRepository },
  { provide: RenditionQueue, useClass: BossRenditionQueue },
  { provide: Thumbnails, useClass: ThumbnailsRepository },
  { provide: SilenceLimit, inject: [RenderSettings], useFactory: silenceOf },
  RequestRendition,
  ListRenditions,
  KeepRendition,
  MakeRendition,
  ReadThumbnail,
  MakeRenditionsJob,
];
