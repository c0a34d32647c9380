import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { BatchResult } from '../../application/bulk/change-targets.js';

/** Items that an answer shows. */
const SHOWN_ITEMS = 100;

class BatchItemDto {
  @ApiProperty({ format: 'uuid' })
  targetId!: string;
  @ApiProperty({ format: 'uuid' })
  postId!: string;
  @ApiProperty({ format: 'date-time' })
  from!: string;
  @ApiPropertyOptional({ format: 'date-time' })
  to?: string;
  @ApiPropertyOptional({ enum: ['gap', 'overlap'], description: 'Clocks skip the new time, or show it twice.' })
  hint?: string;
}

export class BatchResultDto {
  @ApiProperty()
  dryRun!: boolean;
  @ApiProperty({ description: 'Targets that fit and can be changed.' })
  matched!: number;
  @ApiProperty({ description: 'Changed, or with dryRun would be.' })
  changed!: number;
  @ApiProperty({ description: 'Being published already; left alone.' })
  tooLate!: number;
  @ApiPropertyOptional({
    description: 'With `into: queue`: planned by no queue, or its queue has no free slot in a year; left alone.',
  })
  unplaced?: number;
  @ApiProperty({ type: [BatchItemDto], description: `Those that are changed, or would be; the first ${SHOWN_ITEMS}.` })
  items!: readonly BatchItemDto[];
  @ApiProperty({
    type: [String],
    description: `Targets chosen but left as they are: being published already, over, or not there; the first ${SHOWN_ITEMS}.`,
  })
  leftAlone!: readonly string[];
}

export const toBatchResultDto = ({ items, leftAlone, ...counts }: BatchResult, dryRun: boolean): BatchResultDto => ({
  ...{ dryRun, ...counts },
  items: items.slice(0, SHOWN_ITEMS).map(({ targetId, postId, from, to, hint }) => ({
    ...{ targetId, postId, from: from.toISOString() },
    ...(to === undefined ? {} : { to: to.toISOString() }),
    ...(hint === undefined ? {} : { hint }),
  })),
  leftAlone: leftAlone.slice(0, SHOWN_ITEMS),
});
