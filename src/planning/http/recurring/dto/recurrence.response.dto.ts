import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { TargetResponse, toTargetResponse } from '../../../../publishing/index.js';
import type { RecurrencePreview } from '../../../application/recurring/preview-recurrence.js';
import type { ListedOccurrence } from '../../../application/recurring/read-recurrence.js';
import type { Warning } from '../../../domain/finding.js';
import type { Recurrence, RecurrenceOccurrence } from '../../../domain/recurring/recurrence.js';
import { formatRule } from '../../../domain/recurring/recurrence-rule.js';
import type { StoredRecurrence } from '../../../domain/recurring/recurrences.port.js';
import { clockChangeOf, formatWallTime } from '../../../domain/wall-time.js';
import { PlanWarningDto } from '../../dto/post.response.dto.js';
import { RecurrenceTargetDto } from './recurrence.request.dto.js';

const LOCAL = { example: '2026-12-01T18:30:00', description: 'Local time in `timezone`.' };
const CLOCKS = ['exact', 'gap', 'overlap'];

class RuleResponse {
  @ApiProperty({ example: 'FREQ=WEEKLY;BYDAY=MO,TH' })
  rule!: string;
  @ApiProperty(LOCAL)
  start!: string;
  @ApiProperty({ example: 'Europe/Paris' })
  timezone!: string;
  @ApiProperty({ type: [String] })
  exdates!: readonly string[];
  @ApiProperty({ type: [String] })
  rdates!: readonly string[];
}

export class RecurrenceDto extends RuleResponse {
  @ApiProperty({ format: 'uuid' })
  postId!: string;
  @ApiProperty({ type: [RecurrenceTargetDto] })
  targets!: readonly RecurrenceTargetDto[];
  @ApiPropertyOptional({ format: 'date-time' })
  pausedAt?: string;
  @ApiPropertyOptional({ format: 'date-time', description: 'Every run before it is planned; absent: none yet.' })
  plannedUntil?: string;
  @ApiPropertyOptional({ description: 'Why planning failed last; it is tried again by itself.' })
  problem?: string;
  @ApiProperty({ description: 'Grows with every change; the ETag.' })
  version!: number;
  @ApiProperty({ format: 'date-time' })
  createdAt!: string;
  @ApiProperty({ format: 'date-time' })
  updatedAt!: string;
  @ApiPropertyOptional({ type: [PlanWarningDto], description: 'Only after a change. Absent: none.' })
  warnings?: readonly PlanWarningDto[];
}

export class PreviewedOccurrenceDto {
  @ApiProperty({ ...LOCAL, description: 'The name of the run: its local time by the rule.' })
  localTime!: string;
  @ApiProperty({ format: 'date-time' })
  at!: string;
  @ApiProperty({ enum: CLOCKS, description: '`gap`: clocks skip it and it moves on; `overlap`: they show it twice.' })
  clock!: string;
  @ApiPropertyOptional({ description: 'What the clock change did, as a sentence.' })
  note?: string;
}

export class RecurrencePreviewDto extends RuleResponse {
  @ApiProperty({ type: [PreviewedOccurrenceDto] })
  occurrences!: readonly PreviewedOccurrenceDto[];
  @ApiProperty({ description: 'False when more runs than `limit` lie in the span.' })
  isComplete!: boolean;
  @ApiProperty({ type: [PlanWarningDto] })
  warnings!: readonly PlanWarningDto[];
}

export class RecurrenceOccurrenceDto extends PreviewedOccurrenceDto {
  @ApiProperty({
    enum: ['planned', 'forecast', 'left_out', 'skipped'],
    description: '`left_out`: the post rests, is out of season or at its end then; `why` says which.',
  })
  state!: string;
  @ApiProperty({ description: 'The rule, and what of the post’s recycling leaves accounts or the whole run out.' })
  why!: string;
  @ApiPropertyOptional({ description: 'Its wording, 0 for the post’s own words; absent where it does not run.' })
  variation?: number;
  @ApiPropertyOptional({ ...LOCAL, description: 'Where a person moved it.' })
  movedTo?: string;
  @ApiPropertyOptional()
  caption?: string;
  @ApiPropertyOptional()
  title?: string;
  @ApiPropertyOptional({ type: 'object', additionalProperties: true })
  options?: Readonly<Record<string, unknown>>;
  @ApiProperty()
  locked!: boolean;
  @ApiPropertyOptional({ format: 'uuid' })
  occurrenceId?: string;
  @ApiPropertyOptional({ type: [TargetResponse], description: 'Of a planned run.' })
  targets?: readonly TargetResponse[];
}

export class RecurrenceOccurrencePageDto {
  @ApiProperty({ type: [RecurrenceOccurrenceDto], description: 'Earliest first.' })
  items!: readonly RecurrenceOccurrenceDto[];
  @ApiPropertyOptional()
  nextCursor?: string;
}

const toRuleResponse = ({ rule, start, zone, exdates, rdates }: Recurrence): RuleResponse => ({
  rule: formatRule(rule),
  start: formatWallTime(start),
  timezone: zone,
  exdates: exdates.map(formatWallTime),
  rdates: rdates.map(formatWallTime),
});

export const toRecurrenceDto = (stored: StoredRecurrence, warnings: readonly Warning[] = []): RecurrenceDto => ({
  postId: stored.postId,
  ...toRuleResponse(stored.recurrence),
  targets: stored.targets.map(({ options, ...target }) => ({
    ...target,
    ...(options ? { options: { ...options } } : {}),
  })),
  ...(stored.pausedAt ? { pausedAt: stored.pausedAt.toISOString() } : {}),
  ...(stored.plannedUntil ? { plannedUntil: stored.plannedUntil.toISOString() } : {}),
  ...(stored.problem === undefined ? {} : { problem: stored.problem }),
  version: stored.version,
  createdAt: stored.createdAt.toISOString(),
  updatedAt: stored.updatedAt.toISOString(),
  ...(warnings.length === 0 ? {} : { warnings: [...warnings] }),
});

const toPreviewed = (occurrence: RecurrenceOccurrence, zone: string): PreviewedOccurrenceDto => {
  const note = clockChangeOf(occurrence, zone);
  return {
    localTime: formatWallTime(occurrence.localTime),
    at: occurrence.at.toISOString(),
    clock: occurrence.found,
    ...(note === undefined ? {} : { note }),
  };
};

export const toRecurrencePreviewDto = ({
  recurrence,
  occurrences,
  isComplete,
  warnings,
}: RecurrencePreview): RecurrencePreviewDto => ({
  ...toRuleResponse(recurrence),
  occurrences: occurrences.map((occurrence) => toPreviewed(occurrence, recurrence.zone)),
  isComplete,
  warnings: [...warnings],
});

const stateOf = ({ occurrence, run, foreseen }: ListedOccurrence): string => {
  if (occurrence.change?.isSkipped) return 'skipped';
  if (run) return 'planned';
  return foreseen?.accountIds.length === 0 ? 'left_out' : 'forecast';
};

const variationOf = ({ run, foreseen }: ListedOccurrence): { variation?: number } => {
  const where = run ?? (foreseen && foreseen.accountIds.length > 0 ? foreseen : undefined);
  return where ? { variation: where.variation } : {};
};

export const toRecurrenceOccurrenceDto = (listed: ListedOccurrence): RecurrenceOccurrenceDto => {
  const { occurrence, zone, run, why } = listed;
  const { change } = occurrence;
  return {
    ...toPreviewed(occurrence, zone),
    state: stateOf(listed),
    why,
    locked: change?.isLocked ?? false,
    ...(change?.movedTo === undefined ? {} : { movedTo: formatWallTime(change.movedTo) }),
    ...change?.words,
    ...variationOf(listed),
    ...(run ? { occurrenceId: run.occurrenceId, targets: run.targets.map(toTargetResponse) } : {}),
  };
};
