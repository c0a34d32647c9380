import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString, Length } from 'class-validator';
import { importedFileName, type MediaImport, shownUrl } from '../../domain/media-import.js';
import { KeptProblemDto } from './upload.dto.js';

export class ImportMediaDto {
  @ApiProperty({
    example: 'https://cdn.example.com/tea-in-a-minute.mp4',
    description: 'Public https address of a video.',
  })
  @IsString()
  @Length(1, 4_096)
  url!: string;

  @ApiPropertyOptional({ description: 'Name of the video; the last part of the address when left out.' })
  @IsOptional()
  @IsString()
  @Length(1, 200)
  fileName?: string;
}

export class ImportDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty({
    enum: ['queued', 'fetching', 'ready', 'refused', 'failed'],
    description:
      'refused: never with this address; failed: the other side stayed in trouble, a new import may succeed.',
  })
  state!: string;
  @ApiProperty({ description: 'Without its query.' })
  url!: string;
  @ApiProperty()
  fileName!: string;
  @ApiProperty()
  receivedBytes!: number;
  @ApiPropertyOptional({ description: 'When the other side told it.' })
  totalBytes?: number;
  @ApiProperty({ description: 'Tries begun, at most 5.' })
  attempts!: number;
  @ApiPropertyOptional({ format: 'uuid', description: 'The media it became, when ready.' })
  mediaId?: string;
  @ApiPropertyOptional({ type: KeptProblemDto, description: 'Why it ended badly, and what to do.' })
  problem?: KeptProblemDto;
  @ApiProperty({ format: 'date-time' })
  createdAt!: string;
  @ApiPropertyOptional({ format: 'date-time' })
  endedAt?: string;
}

export const toImportDto = (item: MediaImport): ImportDto => ({
  id: item.id,
  state: item.state,
  url: shownUrl(item.url),
  fileName: importedFileName(item),
  receivedBytes: item.receivedBytes,
  ...(item.totalBytes === undefined ? {} : { totalBytes: item.totalBytes }),
  attempts: item.attempts,
  ...(item.mediaId === undefined ? {} : { mediaId: item.mediaId }),
  ...(item.problem === undefined ? {} : { problem: { ...item.problem } }),
  createdAt: item.createdAt.toISOString(),
  ...(item.endedAt === undefined ? {} : { endedAt: item.endedAt.toISOString() }),
});
