import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsUUID } from 'class-validator';
import { IsInstant } from '../../../infra/http/is-instant.js';
import { PLATFORM_NAMES, type PlatformName } from '../../../platforms/domain/platform-name.js';

/** Which part of what was published is looked at. */
export class SpanQuery {
  @ApiPropertyOptional({ description: 'At or after this instant; 30 days before `to` when left out.' })
  @IsOptional()
  @IsInstant('from')
  from?: Date;

  @ApiPropertyOptional({ description: 'Before this instant; now when left out.' })
  @IsOptional()
  @IsInstant('to')
  to?: Date;

  @ApiPropertyOptional({ enum: PLATFORM_NAMES })
  @IsOptional()
  @IsIn(PLATFORM_NAMES)
  platform?: PlatformName;

  @ApiPropertyOptional({ format: 'uuid' })
  @IsOptional()
  @IsUUID()
  accountId?: string;
}
