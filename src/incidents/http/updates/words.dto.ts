import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, Length, Matches, ValidateIf } from 'class-validator';
import { PageQuery } from '../../../infra/http/page.js';
import {
  FEATURE_MAX,
  type IncidentUpdate,
  UPDATE_STATUSES,
  UPDATE_TEXT_MAX,
  type UpdateStatus,
} from '../../domain/updates/incident-update.js';
import { WORD_SCOPES, type WordScope } from '../../domain/updates/speaker.js';

/** Words with something to read in them: no control character but white space, not white space alone. */
const READABLE = /^(?=[^]*\S)(?:[^\p{Cc}\p{Cs}]|[\t\r\n])*$/u;
const ONE_LINE = /^(?=.*\S)\P{Cc}*$/u;
const isSent = (_: unknown, value: unknown) => value !== undefined;

const IsReadable = (field: string, max: number): PropertyDecorator =>
  applyDecorators(
    IsString(),
    Length(1, max, { message: `${field} must have 1 to ${max} characters` }),
    Matches(READABLE, { message: `${field} must hold readable text without control characters` }),
  );

const IsScope = (): PropertyDecorator =>
  applyDecorators(
    ApiPropertyOptional({ enum: WORD_SCOPES, default: 'workspace', description: 'instance needs an operator key.' }),
    ValidateIf(isSent),
    IsIn(WORD_SCOPES, { message: `scope must be one of: ${WORD_SCOPES.join(', ')}` }),
  );

export class WriteNoteDto {
  @ApiProperty({ minLength: 1, maxLength: UPDATE_TEXT_MAX })
  @IsReadable('text', UPDATE_TEXT_MAX)
  text!: string;

  @IsScope()
  scope: WordScope = 'workspace';
}

export class PostUpdateDto {
  @ApiProperty({ minLength: 1, maxLength: FEATURE_MAX, example: 'posting', description: 'What is affected, in words.' })
  @Matches(ONE_LINE, { message: 'feature must be one readable line without control characters' })
  @Length(1, FEATURE_MAX, { message: `feature must have 1 to ${FEATURE_MAX} characters` })
  @IsString()
  feature!: string;

  @ApiProperty({ enum: UPDATE_STATUSES })
  @IsIn(UPDATE_STATUSES, { message: `status must be one of: ${UPDATE_STATUSES.join(', ')}` })
  status!: UpdateStatus;

  @ApiProperty({ minLength: 1, maxLength: UPDATE_TEXT_MAX, description: 'For the public; it can never be changed.' })
  @IsReadable('text', UPDATE_TEXT_MAX)
  text!: string;

  @IsScope()
  scope: WordScope = 'workspace';
}

export class ListUpdatesQuery extends PageQuery {
  @ApiPropertyOptional({ maxLength: FEATURE_MAX })
  @IsOptional()
  @IsString()
  @Length(1, FEATURE_MAX)
  feature?: string;
}

export class IncidentUpdateDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty({ enum: WORD_SCOPES })
  scope!: string;
  @ApiProperty()
  feature!: string;
  @ApiProperty({ enum: UPDATE_STATUSES })
  status!: string;
  @ApiProperty()
  text!: string;
  @ApiProperty({ example: 'key:4fKq81Zb' })
  author!: string;
  @ApiProperty({ format: 'date-time' })
  at!: string;
}

export class IncidentUpdatePageDto {
  @ApiProperty({ type: [IncidentUpdateDto], description: 'Newest first.' })
  items!: readonly IncidentUpdateDto[];
  @ApiPropertyOptional()
  nextCursor?: string;
}

export const toUpdateDto = (update: IncidentUpdate): IncidentUpdateDto => ({
  id: update.id,
  scope: update.workspaceId === null ? 'instance' : 'workspace',
  feature: update.feature,
  status: update.status,
  text: update.text,
  author: update.author,
  at: update.at.toISOString(),
});
