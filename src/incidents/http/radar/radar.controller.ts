import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { Response } from 'express';
import { FeedDoor } from '../../../health/domain/feeds/feeds.port.js';
import { PageQuery, readPage } from '../../../infra/http/page.js';
import { CurrentPrincipal, NeedsScope, type Principal } from '../../../infra/http/principal.js';
import { UuidPipe } from '../../../infra/http/uuid.pipe.js';
import { UnitOfWork } from '../../../kernel/transaction.js';
import { Idempotency, IdempotentCall, type IdempotencyCall } from '../../../workspaces/index.js';
import { RadarDesk } from '../../application/radar/radar-desk.js';
import { ReadRadar } from '../../application/radar/read-radar.js';
import { radarDraft } from '../../domain/radar/radar-draft.js';
import { RadarAlerts } from '../../domain/radar/radar.ports.js';
import {
  RadarAlertPageDto,
  RadarDto,
  RadarWatchDto,
  toRadarAlertDto,
  toRadarViewDto,
  toRadarWatchDto,
} from './radar-answers.dto.js';
import { CreateRadarWatchDto, RadarQuery } from './radar.dto.js';

/** Reading is for everyone: what the radar sees is public anyway, and belongs to the instance. */
@Controller('v1/radar')
@ApiTags('Radar')
@ApiBearerAuth()
export class RadarController {
  constructor(
    private readonly radar: ReadRadar,
    private readonly alerts: RadarAlerts,
  ) {}

  @Get()
  @ApiOperation({ summary: 'What the radar watches: series for charts, what is usual, alerts that stand' })
  @NeedsScope('health:read')
  @ApiOkResponse({ type: RadarDto })
  async all(@Query() { hours }: RadarQuery): Promise<RadarDto> {
    return { items: (await this.radar.all(hours)).map(toRadarViewDto) };
  }

  /** Made to be looked at, and to be put into a page or a mail. */
  @Get('watches/:id/chart')
  @ApiOperation({ summary: 'The series of one watch as a picture' })
  @NeedsScope('health:read')
  @ApiOkResponse({ content: { 'image/svg+xml': { schema: { type: 'string' } } } })
  async chart(
    @Param('id', UuidPipe) id: string,
    @Query() { hours }: RadarQuery,
    @Res({ passthrough: true }) response: Response,
  ): Promise<string> {
    const picture = await this.radar.chart(id, hours);
    response.setHeader('Content-Security-Policy', "default-src 'none'");
    response.type('image/svg+xml');
    return picture;
  }

  @Get('alerts')
  @ApiOperation({ summary: 'List alerts of the radar, newest first' })
  @NeedsScope('health:read')
  @ApiOkResponse({ type: RadarAlertPageDto })
  list(@Query() query: PageQuery): Promise<RadarAlertPageDto> {
    return readPage(
      query,
      (place) => this.alerts.list(place),
      (row) => ({ ...toRadarAlertDto(row), title: row.title }),
    );
  }
}

/** What is watched is the operator's choice: it calls strangers from this machine. */
@Controller('v1/radar/watches')
@ApiTags('Radar')
@ApiBearerAuth()
export class RadarWatchesController {
  constructor(
    private readonly desk: RadarDesk,
    private readonly door: FeedDoor,
    private readonly idempotency: Idempotency,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  @Post()
  @ApiOperation({ summary: 'Watch an app in the App Store, or mentions in the firehose or an RSS feed' })
  @NeedsScope('operator')
  @ApiCreatedResponse({ type: RadarWatchDto })
  async add(
    @CurrentPrincipal() principal: Principal,
    @IdempotentCall() call: IdempotencyCall,
    @Body() body: CreateRadarWatchDto,
  ): Promise<RadarWatchDto> {
    const draft = radarDraft(body);
    const { subject } = draft;
    if (subject.kind === 'mentions' && subject.url !== undefined) await this.door.assertUsable(subject.url);
    return this.idempotency.run(principal, call, async (tx) =>
      toRadarWatchDto(await this.desk.add(principal, draft, tx)),
    );
  }

  @Delete(':id')
  @ApiOperation({ summary: 'Stop watching, and forget the series and its alerts' })
  @HttpCode(204)
  @NeedsScope('operator')
  @ApiNoContentResponse({ description: 'It is not looked at again.' })
  remove(@CurrentPrincipal() principal: Principal, @Param('id', UuidPipe) id: string): Promise<void> {
    return this.unitOfWork.run((tx) => this.desk.remove(principal, id, tx));
  }
}
