import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsOptional, IsUUID } from 'class-validator';
import { PageQuery } from '../../../infra/http/page.js';
import type { Impact } from '../../domain/ledger/impact.js';
import { ENTRY_KINDS, type EntryKind, type LedgerEntry } from '../../domain/ledger/ledger-entry.js';
import type { IncidentUpdate } from '../../domain/updates/incident-update.js';
import { IncidentUpdateDto, toUpdateDto } from '../updates/words.dto.js';

export class ListEntriesQuery extends PageQuery {
  @ApiPropertyOptional({ enum: ENTRY_KINDS })
  @IsOptional()
  @IsIn(ENTRY_KINDS)
  kind?: EntryKind;

  @ApiPropertyOptional({ format: 'uuid', description: 'What became of this target.' })
  @IsOptional()
  @IsUUID()
  targetId?: string;
}

export class LedgerEntryDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty({ format: 'date-time' })
  at!: string;
  @ApiProperty({ enum: ENTRY_KINDS })
  kind!: string;
  @ApiProperty({ example: 'post.rerouted', description: "The kind's own word." })
  type!: string;
  @ApiProperty({ enum: ['workspace', 'instance'], description: 'instance: of the platform itself.' })
  scope!: string;
  @ApiPropertyOptional({ description: 'The target, broadcast or override it is about.' })
  subjectId?: string;
  @ApiPropertyOptional({ example: 'key:4fKq81Zb' })
  actor?: string;
  @ApiProperty({ description: 'One sentence.' })
  text!: string;
  @ApiProperty({ type: 'object', additionalProperties: true })
  data!: Readonly<Record<string, unknown>>;
}

export class LedgerPageDto {
  @ApiProperty({ type: [LedgerEntryDto], description: 'Oldest first.' })
  items!: readonly LedgerEntryDto[];
  @ApiPropertyOptional()
  nextCursor?: string;
}

export class NoteDto {
  @ApiProperty({ enum: ['workspace', 'instance'] })
  scope!: string;
  @ApiProperty()
  text!: string;
  @ApiProperty({ example: 'key:4fKq81Zb' })
  author!: string;
  @ApiProperty({ format: 'date-time' })
  at!: string;
}

class ElsewhereDto {
  @ApiProperty()
  platform!: string;
  @ApiProperty()
  planned!: number;
  @ApiProperty()
  live!: number;
}

class SignalSumsDto {
  @ApiProperty()
  good!: number;
  @ApiProperty()
  bad!: number;
  @ApiProperty({ description: 'No answer: counts half.' })
  unknown!: number;
}

const COUNTS = { type: 'object', additionalProperties: { type: 'integer' } } as const;

export class ImpactDto {
  @ApiProperty({ description: 'Your targets of the platform that met the incident.' })
  targetCount!: number;
  @ApiProperty({ ...COUNTS, description: 'Those targets by their status now.', example: { rerouted: 3 } })
  targets!: Readonly<Record<string, number>>;
  @ApiProperty({ description: 'Live ones whose truth came after a doubt.' })
  lateCount!: number;
  @ApiProperty({ description: 'Second copies found live.' })
  duplicateCount!: number;
  @ApiProperty({ ...COUNTS, description: 'How often each was decided.', example: { 'post.held': 4 } })
  decisions!: Readonly<Record<string, number>>;
  @ApiProperty({ type: [ElsewhereDto] })
  elsewhere!: readonly ElsewhereDto[];
  @ApiProperty({ type: SignalSumsDto, description: 'Observations of the platform, of the whole instance.' })
  signals!: SignalSumsDto;
  @ApiPropertyOptional({ format: 'date-time' })
  firstBadAt?: string;
  @ApiProperty({ description: 'People of your list reached by messages about it.' })
  toldCount!: number;
  @ApiProperty({ type: [IncidentUpdateDto], description: 'The newest public update of each feature.' })
  @Type(() => IncidentUpdateDto)
  features!: readonly IncidentUpdateDto[];
}

export const toEntryDto = (entry: LedgerEntry): LedgerEntryDto => ({
  id: entry.id,
  at: entry.at.toISOString(),
  kind: entry.kind,
  type: entry.type,
  scope: entry.workspaceId === null ? 'instance' : 'workspace',
  ...(entry.subjectId === null ? {} : { subjectId: entry.subjectId }),
  ...(entry.actor === null ? {} : { actor: entry.actor }),
  text: entry.text,
  data: entry.data,
});

export const toNoteDto = ({ type, text, actor, at }: Omit<LedgerEntry, 'id'>): NoteDto => ({
  scope: type,
  text,
  author: actor ?? '',
  at: at.toISOString(),
});

export const toImpactDto = ({ firstBadAt, ...impact }: Impact, features: readonly IncidentUpdate[]): ImpactDto => ({
  targetCount: impact.targetCount,
  targets: impact.targets,
  lateCount: impact.lateCount,
  duplicateCount: impact.duplicateCount,
  decisions: impact.decisions,
  elsewhere: impact.elsewhere.map(({ platform, planned, live }) => ({ platform, planned, live })),
  signals: { good: impact.signals.good, bad: impact.signals.bad, unknown: impact.signals.unknown },
  ...(firstBadAt ? { firstBadAt: firstBadAt.toISOString() } : {}),
  toldCount: impact.toldCount,
  features: features.map(toUpdateDto),
});
