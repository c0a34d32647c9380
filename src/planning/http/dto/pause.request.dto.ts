import { ApiPropertyOptional } from '@nestjs/swagger';
import { Length, Matches } from 'class-validator';
import { IfGiven } from '../../../infra/http/if-given.js';
import { SwitchPostsDto } from '../bulk/batch.dto.js';

/** What PostgreSQL can keep: no control character but white space, no half of a surrogate pair. */
const STORABLE = /^(?:[^\p{Cc}\p{Cs}]|[\t\r\n])*$/u;
const SHOWN = { minLength: 1, maxLength: 500, description: 'Shown with every target that waits for it.' } as const;

export class PausePostDto {
  @ApiPropertyOptional(SHOWN)
  @IfGiven()
  @Matches(STORABLE, { message: 'reason contains a control character or half of a character. Remove it.' })
  @Length(1, 500, { message: 'reason must have 1 to 500 characters, or be left out' })
  reason?: string;
}

export class PausePostsDto extends SwitchPostsDto {
  @ApiPropertyOptional(SHOWN)
  @IfGiven()
  @Matches(STORABLE, { message: 'reason contains a control character or half of a character. Remove it.' })
  @Length(1, 500, { message: 'reason must have 1 to 500 characters, or be left out' })
  reason?: string;
}
