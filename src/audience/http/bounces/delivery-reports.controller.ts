import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { readPage } from '../../../infra/http/page.js';
import { CurrentPrincipal, NeedsScope, type Principal } from '../../../infra/http/principal.js';
import { UuidPipe } from '../../../infra/http/uuid.pipe.js';
import { notFound } from '../../../kernel/domain-error.js';
import type { WorkspaceId } from '../../../kernel/ids.js';
import { Broadcasts } from '../../domain/sending/broadcasts.port.js';
import { DeliveryReports, type ReportOwner } from '../../domain/bounces/delivery-reports.port.js';
import { Subscribers } from '../../domain/lists/subscribers.port.js';
import {
  DeliveryReportPageResponse,
  DeliveryReportsQuery,
  DeliveryTallyResponse,
  toDeliveryReport,
} from './delivery-report.dto.js';

/** What came back: of a broadcast, and of a person. */
@Controller('v1')
@ApiTags('Audience')
@ApiBearerAuth()
export class DeliveryReportsController {
  constructor(
    private readonly reports: DeliveryReports,
    private readonly broadcasts: Broadcasts,
    private readonly subscribers: Subscribers,
  ) {}

  @Get('broadcasts/:id/delivery-reports')
  @ApiOperation({ summary: 'List the bounces and complaints of a broadcast' })
  @NeedsScope('audience:read')
  @ApiOkResponse({ type: DeliveryReportPageResponse, description: 'Newest first.' })
  async ofBroadcast(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Param('id', UuidPipe) id: string,
    @Query() query: DeliveryReportsQuery,
  ): Promise<DeliveryReportPageResponse> {
    if (!(await this.broadcasts.get(workspaceId, id))) throw notFound('broadcast', id);
    return this.page(workspaceId, { broadcastId: id }, query);
  }

  @Get('broadcasts/:id/delivery-tally')
  @ApiOperation({ summary: 'Count the bounces and complaints of a broadcast by receiving domain' })
  @NeedsScope('audience:read')
  @ApiOkResponse({ type: DeliveryTallyResponse })
  async tally(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Param('id', UuidPipe) id: string,
  ): Promise<DeliveryTallyResponse> {
    if (!(await this.broadcasts.get(workspaceId, id))) throw notFound('broadcast', id);
    return { domains: await this.reports.tally(id) };
  }

  @Get('subscribers/:id/delivery-reports')
  @ApiOperation({ summary: 'List the bounces and complaints of a subscriber' })
  @NeedsScope('audience:read')
  @ApiOkResponse({ type: DeliveryReportPageResponse, description: 'Newest first.' })
  async ofSubscriber(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Param('id', UuidPipe) id: string,
    @Query() query: DeliveryReportsQuery,
  ): Promise<DeliveryReportPageResponse> {
    if (!(await this.subscribers.get(workspaceId, id))) throw notFound('subscriber', id);
    return this.page(workspaceId, { subscriberId: id }, query);
  }

  private page(
    workspaceId: WorkspaceId,
    owner: ReportOwner,
    query: DeliveryReportsQuery,
  ): Promise<DeliveryReportPageResponse> {
    const { kind, class: deliveryClass } = query;
    return readPage(
      query,
      (place) => this.reports.list(workspaceId, owner, { kind, deliveryClass, ...place }),
      toDeliveryReport,
      ({ position: at, id }) => ({ at, id }),
    );
  }
}
