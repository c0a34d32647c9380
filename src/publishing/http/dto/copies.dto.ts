import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { REMOVAL_STATES } from '../../domain/rerouting/removal.policy.js';

export class DuplicateResponse {
  @ApiPropertyOptional()
  platformPostId?: string;

  @ApiPropertyOptional()
  permalink?: string;

  @ApiProperty({ format: 'date-time' })
  foundAt!: string;
}

export class LateCopyRemovalResponse {
  @ApiProperty({ enum: REMOVAL_STATES })
  state!: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'When the platform answered last.' })
  at?: string;

  @ApiPropertyOptional({ description: 'Why it stays, or what the platform said.' })
  detail?: string;
}
