import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { Media } from '../../domain/media.js';

export class MediaDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty({ example: 'tea-in-a-minute.mp4' })
  fileName!: string;
  @ApiProperty({ description: 'SHA-256 of the bytes, hex. The same bytes are the same media.' })
  sha256!: string;
  @ApiProperty({ description: 'Size in bytes.' })
  bytes!: number;
  @ApiProperty({ example: 'video/mp4' })
  mimeType!: string;
  @ApiProperty({ example: 'MP4' })
  container!: string;
  @ApiProperty({ example: 'avc' })
  videoCodec!: string;
  @ApiPropertyOptional({ example: 'aac', description: 'Absent when the video is silent.' })
  audioCodec?: string;
  @ApiPropertyOptional()
  audioChannels?: number;
  @ApiPropertyOptional({ description: 'Hz.' })
  audioSampleRate?: number;
  @ApiProperty({ description: 'Display width in pixels, rotation applied.' })
  width!: number;
  @ApiProperty({ description: 'Display height in pixels, rotation applied.' })
  height!: number;
  @ApiProperty({ description: 'Milliseconds.' })
  durationMs!: number;
  @ApiProperty({ description: 'Frames per second; 0 when unknown.' })
  fps!: number;
  @ApiPropertyOptional({ format: 'uuid', description: 'The video that this one is a rendition of.' })
  renderedFrom?: string;
  @ApiPropertyOptional({ format: 'uuid', description: 'Its rendition, used where a platform does not take this one.' })
  renditionId?: string;
  @ApiProperty({ format: 'date-time' })
  createdAt!: string;
}

export class MediaPageDto {
  @ApiProperty({ type: [MediaDto] })
  items!: readonly MediaDto[];
  @ApiPropertyOptional()
  nextCursor?: string;
}

/** The upload as OpenAPI shows it; it is read as a stream, never through this class. */
export class UploadMediaDto {
  @ApiProperty({ type: 'string', format: 'binary', description: 'One MP4, MOV or WebM.' })
  file!: unknown;
}

export const toMediaDto = (media: Media): MediaDto => ({
  id: media.id,
  fileName: media.fileName,
  sha256: media.sha256,
  bytes: media.bytes,
  mimeType: media.mimeType,
  container: media.container,
  videoCodec: media.videoCodec,
  ...(media.audioCodec === undefined ? {} : { audioCodec: media.audioCodec }),
  ...(media.audioChannels === undefined ? {} : { audioChannels: media.audioChannels }),
  ...(media.audioSampleRate === undefined ? {} : { audioSampleRate: media.audioSampleRate }),
  width: media.width,
  height: media.height,
  durationMs: media.durationMs,
  fps: media.fps,
  ...(media.renderedFrom === undefined ? {} : { renderedFrom: media.renderedFrom }),
  ...(media.rendition === undefined ? {} : { renditionId: media.rendition.id }),
  createdAt: media.createdAt.toISOString(),
});
