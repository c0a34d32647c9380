import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Matches,
  ValidateIf,
} from 'class-validator';
import { IfGiven } from '../../../infra/http/if-given.js';
import { PageQuery } from '../../../infra/http/page.js';
import {
  BROADCAST_KINDS,
  type BroadcastKind,
  RECIPIENT_STATES,
  type RecipientState,
} from '../../domain/sending/broadcast.js';

/** A header must stay on one line; anything else in it would become a header of its own. */
const ONE_LINE = /^\P{Cc}*$/u;
const ONE_LINE_MESSAGE = 'subject must be one line without control characters';
/** Gmail clips larger mails (102 kB); the limit here only keeps accidents out. */
const MAX_BODY = 100_000;

export class CreateBroadcastDto {
  @ApiProperty({ enum: BROADCAST_KINDS })
  @IsIn(BROADCAST_KINDS)
  kind!: BroadcastKind;

  @ApiProperty({ maxLength: 300, description: 'Liquid template.', example: 'News from {{ workspace.name }}' })
  @IsString()
  @Length(1, 300)
  @Matches(ONE_LINE, { message: ONE_LINE_MESSAGE })
  subject!: string;

  @ApiProperty({
    maxLength: MAX_BODY,
    description:
      'Liquid: subscriber.email|language|zone|tags|attributes, workspace.name, incident.*, links, unsubscribeUrl.',
  })
  @IsString()
  @Length(1, MAX_BODY)
  bodyText!: string;

  @ApiPropertyOptional({ maxLength: MAX_BODY, description: 'Liquid; values are escaped.' })
  @IsOptional()
  @IsString()
  @Length(1, MAX_BODY)
  bodyHtml?: string;

  @ApiPropertyOptional({ maxLength: MAX_BODY, description: 'MJML with Liquid inside, instead of bodyHtml.' })
  @IfGiven()
  @IsString()
  @Length(1, MAX_BODY)
  bodyMjml?: string;

  @ApiPropertyOptional({ format: 'uuid', description: 'Only subscribers of this segment.' })
  @IfGiven()
  @IsUUID()
  segmentId?: string;

  @ApiPropertyOptional({ type: [String], description: 'Only subscribers with any of these.' })
  @IfGiven()
  @IsArray()
  @ArrayMaxSize(50)
  @IsString({ each: true })
  @Length(1, 50, { each: true })
  tags?: string[];
}

export class UpdateBroadcastDto {
  @ApiPropertyOptional({ maxLength: 300 })
  @ValidateIf((body: UpdateBroadcastDto) => body.subject !== undefined)
  @IsString()
  @Length(1, 300)
  @Matches(ONE_LINE, { message: ONE_LINE_MESSAGE })
  subject?: string;

  @ApiPropertyOptional({ maxLength: MAX_BODY })
  @ValidateIf((body: UpdateBroadcastDto) => body.bodyText !== undefined)
  @IsString()
  @Length(1, MAX_BODY)
  bodyText?: string;

  @ApiPropertyOptional({ maxLength: MAX_BODY, nullable: true, type: String, description: 'null removes it.' })
  @IsOptional()
  @IsString()
  @Length(1, MAX_BODY)
  bodyHtml?: string | null;

  @ApiPropertyOptional({ maxLength: MAX_BODY, description: 'MJML with Liquid inside, instead of bodyHtml.' })
  @IfGiven()
  @IsString()
  @Length(1, MAX_BODY)
  bodyMjml?: string;

  @ApiPropertyOptional({ format: 'uuid', nullable: true, type: String, description: 'null: everyone.' })
  @IsOptional()
  @IsUUID()
  segmentId?: string | null;

  @ApiPropertyOptional({ type: [String] })
  @ValidateIf((body: UpdateBroadcastDto) => body.tags !== undefined)
  @IsArray()
  @ArrayMaxSize(50)
  @IsString({ each: true })
  @Length(1, 50, { each: true })
  tags?: string[];
}

export class RecipientsQuery extends PageQuery {
  @ApiPropertyOptional({ enum: RECIPIENT_STATES })
  @IsOptional()
  @IsIn(RECIPIENT_STATES)
  state?: RecipientState;
}
