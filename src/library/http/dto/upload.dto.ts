import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { fileNameOf, type ResumableUpload } from '../../domain/resumable-upload.js';

/** A refusal met while nobody waited for the answer. */
export class KeptProblemDto {
  @ApiProperty({ example: 'media.not_a_video' })
  code!: string;
  @ApiProperty({ description: 'What to do about it.' })
  detail!: string;
}

export class UploadDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty({ enum: ['receiving', 'ready', 'refused'] })
  state!: string;
  @ApiProperty({ example: 'tea-in-a-minute.mp4' })
  fileName!: string;
  @ApiProperty({ description: 'Size of the whole file, bytes.' })
  totalBytes!: number;
  @ApiProperty({ description: 'Bytes that are safely stored; go on from here.' })
  receivedBytes!: number;
  @ApiPropertyOptional({ format: 'uuid', description: 'The media it became, when ready.' })
  mediaId?: string;
  @ApiPropertyOptional({ type: KeptProblemDto, description: 'Why it cannot become a media, when refused.' })
  problem?: KeptProblemDto;
  @ApiProperty({ format: 'date-time' })
  createdAt!: string;
  @ApiProperty({ format: 'date-time', description: 'When an unfinished upload is thrown away.' })
  expiresAt!: string;
}

export const toUploadDto = (upload: ResumableUpload): UploadDto => ({
  id: upload.id,
  state: upload.state,
  fileName: fileNameOf(upload),
  totalBytes: upload.totalBytes,
  receivedBytes: upload.receivedBytes,
  ...(upload.mediaId === undefined ? {} : { mediaId: upload.mediaId }),
  ...(upload.problem === undefined ? {} : { problem: { ...upload.problem } }),
  createdAt: upload.createdAt.toISOString(),
  expiresAt: upload.expiresAt.toISOString(),
});
