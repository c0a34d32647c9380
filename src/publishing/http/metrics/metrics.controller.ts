import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiExtraModels, ApiOkResponse, ApiOperation, ApiTags, getSchemaPath } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { CurrentPrincipal, NeedsScope, type Principal } from '../../../infra/http/principal.js';
import { UuidPipe } from '../../../infra/http/uuid.pipe.js';
import { notFound } from '../../../kernel/domain-error.js';
import { MetricsReader } from '../../application/metrics/metrics-reader.js';
import { ReadAnalytics } from '../../application/metrics/read-analytics.js';
import { toCsv } from '../../domain/metrics/csv.js';
import {
  AnalyticsQuery,
  AnalyticsResponse,
  TargetMetricsResponse,
  toAnalyticsRow,
  toSampleResponse,
} from './metrics.dto.js';

const CSV_HEADER = [
  ...['key', 'published', 'measured', 'suspectSamples', 'views', 'likes', 'comments', 'shares'],
  ...['medianViews1h', 'sampleSize1h', 'medianViews24h', 'sampleSize24h'],
];

@Controller('v1')
@ApiTags('Analytics')
@ApiExtraModels(AnalyticsResponse)
@ApiBearerAuth()
export class MetricsController {
  constructor(
    private readonly reader: MetricsReader,
    private readonly readAnalytics: ReadAnalytics,
  ) {}

  @Get('targets/:id/metrics')
  @ApiOperation({ summary: 'Counters of a published target by age' })
  @NeedsScope('posts:read')
  @ApiOkResponse({ type: TargetMetricsResponse })
  async series(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Param('id', UuidPipe) id: string,
  ): Promise<TargetMetricsResponse> {
    const samples = await this.reader.seriesOf(workspaceId, id);
    if (!samples) throw notFound('target', id);
    return { targetId: id, samples: samples.map(toSampleResponse) };
  }

  /** Sums of each target's newest trustworthy counters, and medians of views at one hour and one day. */
  @Get('analytics')
  @ApiOperation({ summary: 'Totals and medians of what was published, as JSON or CSV' })
  @NeedsScope('posts:read')
  @ApiOkResponse({
    description: 'CSV by `Accept: text/csv` or `format=csv`: the same rows without the total.',
    content: {
      'application/json': { schema: { $ref: getSchemaPath(AnalyticsResponse) } },
      'text/csv': { schema: { type: 'string' } },
    },
  })
  async analytics(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Query() { format, groupBy, ...filter }: AnalyticsQuery,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<AnalyticsResponse | string> {
    const answer = await this.readAnalytics.execute(workspaceId, filter, groupBy);
    const { from, to, zone, total, rows, truncated } = answer;
    response.vary('Accept');
    const asCsv = (format ?? (request.accepts(['json', 'text/csv']) === 'text/csv' ? 'csv' : 'json')) === 'csv';
    if (asCsv) {
      response.attachment(`analytics-by-${groupBy}.csv`).type('text/csv');
      return toCsv(CSV_HEADER, rows as unknown as readonly Readonly<Record<string, string | number | null>>[]);
    }
    return {
      from: from.toISOString(),
      to: to.toISOString(),
      groupBy,
      timezone: zone,
      total: toAnalyticsRow(total),
      items: rows.map(toAnalyticsRow),
      truncated,
    };
  }
}
