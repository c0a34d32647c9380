import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { type Rendition, RENDITION_STATES } from '../../domain/rendition.js';

export class RenditionProblemDto {
  @ApiProperty({ example: 'rendition.unreadable' })
  code!: string;
  @ApiProperty({ description: 'What to do.' })
  detail!: string;
}

export class RenditionDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty({ format: 'uuid', description: 'The video it is made of, which stays as it is.' })
  mediaId!: string;
  @ApiProperty({ enum: RENDITION_STATES })
  state!: string;
  @ApiProperty({ minimum: 0, maximum: 1, description: 'Share that is done.' })
  progress!: number;
  @ApiPropertyOptional({ format: 'uuid', description: 'The video that came out, once it is done.' })
  resultId?: string;
  @ApiPropertyOptional({ type: RenditionProblemDto, description: 'Why it came to nothing.' })
  problem?: RenditionProblemDto;
  @ApiProperty({ format: 'date-time' })
  createdAt!: string;
  @ApiProperty({ format: 'date-time' })
  updatedAt!: string;
}

export class RenditionListDto {
  @ApiProperty({ type: [RenditionDto], description: 'Newest first.' })
  items!: readonly RenditionDto[];
}

export const toRenditionDto = (rendition: Rendition): RenditionDto => ({
  id: rendition.id,
  mediaId: rendition.mediaId,
  state: rendition.state,
  progress: rendition.progress,
  ...(rendition.resultId === undefined ? {} : { resultId: rendition.resultId }),
  ...(rendition.problem === undefined ? {} : { problem: rendition.problem }),
  createdAt: rendition.createdAt.toISOString(),
  updatedAt: rendition.updatedAt.toISOString(),
});
