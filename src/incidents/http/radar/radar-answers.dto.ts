import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { PLATFORM_NAMES } from '../../../platforms/domain/platform-name.js';
import type { RadarView } from '../../application/radar/read-radar.js';
import { CHART_DEPTH } from '../../domain/radar/app-chart.js';
import { RADAR_KINDS, type RadarAlert, type RadarPoint, type RadarSubject } from '../../domain/radar/radar-watch.js';
import type { KnownWatch } from '../../domain/radar/radar.ports.js';

export class RadarAlertDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty({ format: 'uuid' })
  watchId!: string;
  @ApiProperty({ description: 'What jumped, in one sentence.' })
  summary!: string;
  @ApiProperty({ description: 'A rank, or mentions in an hour.' })
  value!: number;
  @ApiProperty({ description: 'What was usual.' })
  baseline!: number;
  @ApiProperty({ description: 'From where on it is an alert.' })
  threshold!: number;
  @ApiProperty({ format: 'date-time' })
  openedAt!: string;
  @ApiPropertyOptional({ format: 'date-time', description: 'Absent while it stands.' })
  closedAt?: string;
}

export class ListedRadarAlertDto extends RadarAlertDto {
  @ApiProperty({ description: 'Title of the watch.' })
  title!: string;
}

export class RadarAlertPageDto {
  @ApiProperty({ type: [ListedRadarAlertDto] })
  items!: readonly ListedRadarAlertDto[];
  @ApiPropertyOptional()
  nextCursor?: string;
}

export class RadarPointDto {
  @ApiProperty({ format: 'date-time', description: 'Of the look; for mentions the start of the hour.' })
  at!: string;
  @ApiProperty({ type: Number, description: 'null: not in the chart, so worse than its last place.' })
  value!: number | null;
  @ApiPropertyOptional({ minimum: 0, maximum: 3600, description: 'mentions: how much of the hour was listened to.' })
  coveredSeconds?: number;
}

export class RadarWatchDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty({ enum: RADAR_KINDS })
  kind!: string;
  @ApiProperty()
  title!: string;
  @ApiPropertyOptional({ enum: PLATFORM_NAMES })
  platform?: string;
  @ApiPropertyOptional()
  region?: string;
  @ApiProperty({ type: 'object', additionalProperties: true, description: 'What exactly is followed.' })
  subject!: RadarSubject;
  @ApiPropertyOptional({ description: 'app_rank: how many places the chart has.' })
  depth?: number;
  @ApiPropertyOptional({ format: 'date-time', description: 'Last look at its document.' })
  lookedAt?: string;
  @ApiPropertyOptional({ description: 'Why the last look brought nothing.' })
  error?: string;
  @ApiProperty({ format: 'date-time' })
  createdAt!: string;
}

export class RadarUsualDto {
  @ApiProperty({ description: 'Median of this hour on earlier days.' })
  median!: number;
  @ApiProperty({ description: 'Robust spread; five of them over the median raise an alert.' })
  spread!: number;
}

export class RadarViewDto extends RadarWatchDto {
  @ApiProperty({ type: [RadarPointDto], description: 'Oldest first.' })
  series!: readonly RadarPointDto[];
  @ApiPropertyOptional({ type: RadarUsualDto, description: 'mentions: absent while too little has been heard.' })
  usual?: RadarUsualDto;
  @ApiPropertyOptional({ type: RadarAlertDto, description: 'The alert that stands.' })
  alert?: RadarAlertDto;
}

export class RadarDto {
  @ApiProperty({ type: [RadarViewDto] })
  items!: readonly RadarViewDto[];
}

export const toRadarAlertDto = (alert: RadarAlert): RadarAlertDto => ({
  id: alert.id,
  watchId: alert.watchId,
  summary: alert.summary,
  value: alert.value,
  baseline: alert.baseline,
  threshold: alert.threshold,
  openedAt: alert.openedAt.toISOString(),
  ...(alert.closedAt ? { closedAt: alert.closedAt.toISOString() } : {}),
});

export const toRadarWatchDto = ({ id, title, platform, region, subject, ...watch }: KnownWatch): RadarWatchDto => ({
  id,
  kind: subject.kind,
  title,
  ...(platform === undefined ? {} : { platform }),
  ...(region === undefined ? {} : { region }),
  subject,
  ...(subject.kind === 'app_rank' ? { depth: CHART_DEPTH } : {}),
  ...(watch.lookedAt ? { lookedAt: watch.lookedAt.toISOString() } : {}),
  ...(watch.error === undefined ? {} : { error: watch.error }),
  createdAt: watch.createdAt.toISOString(),
});

export const toRadarViewDto = ({ watch, points, usual, alert }: RadarView): RadarViewDto => {
  const isHourly = watch.subject.kind === 'mentions';
  const toPoint = ({ at, value, coveredSeconds }: RadarPoint): RadarPointDto => ({
    at: at.toISOString(),
    value,
    ...(isHourly ? { coveredSeconds: Math.round(coveredSeconds) } : {}),
  });
  return {
    ...toRadarWatchDto(watch),
    series: points.map(toPoint),
    ...(usual ? { usual } : {}),
    ...(alert ? { alert: toRadarAlertDto(alert) } : {}),
  };
};
