import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { PLATFORM_NAMES } from '../../../platforms/domain/platform-name.js';
import { FATES } from '../../../publishing/domain/rehearsal/rehearsal.js';
import { DRILL_KINDS, DRILL_STATUSES } from '../../domain/drills/drill.js';
import type { DrillTarget, StoredDrill } from '../../domain/drills/drills.port.js';
import { DrillReportDto } from './drill-report.dto.js';
import { WeeklyScheduleDto } from './drill.request.dto.js';

export class DrillProgressDto {
  @ApiProperty({ description: 'Targets looked at so far.' })
  checked!: number;
  @ApiProperty()
  total!: number;
}

export class DrillProblemDto {
  @ApiProperty({ example: 'drill.sandbox_unreachable' })
  code!: string;
  @ApiProperty({ description: 'Why it failed, and what to do.' })
  text!: string;
}

export class DrillDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiPropertyOptional({ format: 'uuid', description: 'The recurring plan it belongs to.' })
  seriesId?: string;
  @ApiProperty({ enum: DRILL_KINDS })
  kind!: string;
  @ApiProperty({ enum: PLATFORM_NAMES })
  platform!: string;
  @ApiPropertyOptional({ description: 'Absent: every region.' })
  region?: string;
  @ApiProperty({ enum: DRILL_STATUSES })
  status!: string;
  @ApiProperty({ format: 'date-time' })
  startsAt!: string;
  @ApiProperty()
  durationSeconds!: number;
  @ApiPropertyOptional({ type: WeeklyScheduleDto, description: 'Absent: once, or its plan has ended.' })
  schedule?: WeeklyScheduleDto;
  @ApiProperty({ example: 'key:4fKq81Zb' })
  actor!: string;
  @ApiPropertyOptional({ format: 'date-time' })
  startedAt?: string;
  @ApiPropertyOptional({ format: 'date-time' })
  finishedAt?: string;
  @ApiProperty({ type: DrillProgressDto })
  progress!: DrillProgressDto;
  @ApiPropertyOptional({ type: DrillReportDto, description: 'Once it is finished.' })
  report?: DrillReportDto;
  @ApiPropertyOptional({ type: DrillProblemDto, description: 'Of a failed one.' })
  problem?: DrillProblemDto;
  @ApiProperty({ format: 'date-time' })
  createdAt!: string;
}

export class DrillPageDto {
  @ApiProperty({ type: [DrillDto] })
  items!: readonly DrillDto[];
  @ApiPropertyOptional()
  nextCursor?: string;
}

export class DrillReasonDto {
  @ApiProperty()
  code!: string;
  @ApiProperty()
  text!: string;
}

export class DrillTargetDto {
  @ApiProperty({ format: 'uuid' })
  targetId!: string;
  @ApiProperty({ format: 'uuid' })
  accountId!: string;
  @ApiProperty({ format: 'date-time' })
  scheduledAt!: string;
  @ApiProperty({ enum: FATES })
  fate!: string;
  @ApiProperty({ format: 'date-time', description: 'When that would happen.' })
  at!: string;
  @ApiPropertyOptional({ format: 'uuid', description: 'Who would take it.' })
  toAccountId?: string;
  @ApiProperty({ description: 'Its route would ask for the backup list.' })
  asksBroadcast!: boolean;
  @ApiPropertyOptional({ description: 'Absent: nobody was asked.' })
  hasFallback?: boolean;
  @ApiProperty({ type: [DrillReasonDto] })
  reasons!: readonly DrillReasonDto[];
}

export class DrillTargetPageDto {
  @ApiProperty({ type: [DrillTargetDto] })
  items!: readonly DrillTargetDto[];
  @ApiPropertyOptional()
  nextCursor?: string;
}

export const toDrillDto = (drill: StoredDrill): DrillDto => ({
  id: drill.id,
  ...(drill.seriesId === undefined ? {} : { seriesId: drill.seriesId }),
  kind: drill.kind,
  platform: drill.platform,
  ...(drill.region === undefined ? {} : { region: drill.region }),
  status: drill.status,
  startsAt: drill.startsAt.toISOString(),
  durationSeconds: drill.durationSeconds,
  ...(drill.schedule ? { schedule: drill.schedule } : {}),
  actor: drill.actor,
  ...(drill.startedAt ? { startedAt: drill.startedAt.toISOString() } : {}),
  ...(drill.finishedAt ? { finishedAt: drill.finishedAt.toISOString() } : {}),
  progress: drill.progress,
  ...(drill.report ? { report: drill.report } : {}),
  ...(drill.problem ? { problem: drill.problem } : {}),
  createdAt: drill.createdAt.toISOString(),
});

export const toDrillTargetDto = (target: DrillTarget): DrillTargetDto => ({
  targetId: target.targetId,
  accountId: target.accountId,
  scheduledAt: target.scheduledAt.toISOString(),
  fate: target.fate,
  at: target.at.toISOString(),
  ...(target.toAccountId === undefined ? {} : { toAccountId: target.toAccountId }),
  asksBroadcast: target.asksBroadcast,
  ...(target.hasFallback === undefined ? {} : { hasFallback: target.hasFallback }),
  reasons: target.reasons,
});
