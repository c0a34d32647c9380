import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { PauseEventData } from '../../../kernel/event-catalogue.js';

export class PauseEventDto implements PauseEventData {
  @ApiProperty({ enum: ['workspace', 'platform'] })
  scope!: string;
  @ApiProperty({ type: String, nullable: true, description: 'null: every platform of the workspace.' })
  platform!: string | null;
  @ApiPropertyOptional()
  reason?: string;
  @ApiPropertyOptional({ example: 'key:4fKq81Zb', description: 'Absent: an operator, for every workspace.' })
  actor?: string;
}
