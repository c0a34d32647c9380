import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, Length, Matches } from 'class-validator';
import { IfGiven } from '../../../infra/http/if-given.js';
import { PageQuery } from '../../../infra/http/page.js';
import { PAUSE_SCOPES, type PauseScope } from '../../../routing/domain/pause-fact.js';
import type { SwitchResult } from '../../application/pauses/switch-pauses.js';
import type { StandingPause } from '../../domain/pauses/pauses.port.js';

/** What PostgreSQL can keep: no control character but white space, no half of a surrogate pair. */
const STORABLE = /^(?:[^\p{Cc}\p{Cs}]|[\t\r\n])*$/u;
const WIDTHS = ['workspace', 'instance'] as const;
type Width = (typeof WIDTHS)[number];

export class PauseRequest {
  @ApiPropertyOptional({ minLength: 1, maxLength: 500, description: 'Shown with every post that waits for it.' })
  @IfGiven()
  @Matches(STORABLE, { message: 'reason contains a control character or half of a character. Remove it.' })
  @Length(1, 500, { message: 'reason must have 1 to 500 characters, or be left out' })
  reason?: string;
}

export class PausePlatformRequest extends PauseRequest {
  @ApiPropertyOptional({ enum: WIDTHS, default: 'workspace', description: 'instance needs an operator key.' })
  @IfGiven()
  @IsIn(WIDTHS, { message: `scope must be one of: ${WIDTHS.join(', ')}` })
  scope: Width = 'workspace';
}

export class ResumePlatformRequest {
  @ApiPropertyOptional({ enum: WIDTHS, default: 'workspace', description: 'instance needs an operator key.' })
  @IfGiven()
  @IsIn(WIDTHS, { message: `scope must be one of: ${WIDTHS.join(', ')}` })
  scope: Width = 'workspace';
}

export class PauseResponse {
  @ApiProperty({ description: 'Whether this switch is on now. Others may stop the same posts: GET /v1/pauses.' })
  paused!: boolean;

  @ApiProperty({ description: 'Targets that wait under a switch now. What is due later is held when its time comes.' })
  held!: number;

  @ApiProperty({ description: 'Targets that are being published already; nothing can take them back.' })
  tooLate!: number;

  @ApiProperty({ description: 'Targets let go by this call; each goes out at its time, at once when that is past.' })
  released!: number;

  @ApiProperty({
    description: 'Targets that got too old while they waited. POST /v1/posts/{id}/retry sends them anyway.',
  })
  missed!: number;
}

export class StandingPauseResponse {
  @ApiProperty({ enum: PAUSE_SCOPES })
  scope!: string;

  @ApiProperty({ description: 'By an operator, for every workspace.' })
  instanceWide!: boolean;

  @ApiPropertyOptional()
  platform?: string;

  @ApiPropertyOptional({ format: 'uuid' })
  accountId?: string;

  @ApiPropertyOptional({ format: 'uuid' })
  postId?: string;

  @ApiPropertyOptional()
  reason?: string;

  @ApiPropertyOptional({ example: 'key:4fKq81Zb' })
  actor?: string;

  @ApiProperty({ format: 'date-time' })
  pausedAt!: string;
}

export class ListPausesQuery extends PageQuery {
  @ApiPropertyOptional({ enum: PAUSE_SCOPES })
  @IfGiven()
  @IsIn(PAUSE_SCOPES, { message: `scope must be one of: ${PAUSE_SCOPES.join(', ')}` })
  scope?: PauseScope;
}

export class PausePageResponse {
  @ApiProperty({ type: [StandingPauseResponse], description: 'Newest first.' })
  items!: readonly StandingPauseResponse[];
  @ApiPropertyOptional()
  nextCursor?: string;
}

export const toPauseResponse = ({ paused, held, tooLate, released, missed }: SwitchResult): PauseResponse => ({
  paused,
  held,
  tooLate,
  released,
  missed,
});

/** An operator's name is not for tenants. */
export const toStandingPause = (pause: StandingPause): StandingPauseResponse => {
  const { id: _, at: __, actor, pausedAt, ...rest } = pause;
  return {
    ...rest,
    ...(actor === undefined || rest.instanceWide ? {} : { actor }),
    pausedAt: pausedAt.toISOString(),
  };
};
