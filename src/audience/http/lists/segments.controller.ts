import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query, Res } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiHeader,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { Response } from 'express';
import { assertVersion, etagOf, expectedVersion } from '../../../infra/http/etag.js';
import { PageQuery, readPage } from '../../../infra/http/page.js';
import { CurrentPrincipal, NeedsScope, type Principal } from '../../../infra/http/principal.js';
import { UuidPipe } from '../../../infra/http/uuid.pipe.js';
import { UnitOfWork } from '../../../kernel/transaction.js';
import { Idempotency, IdempotentCall, type IdempotencyCall } from '../../../workspaces/index.js';
import { EditSegments } from '../../application/lists/edit-segments.js';
import { Segments } from '../../domain/lists/segments.port.js';
import {
  ChangeSegmentDto,
  CountSegmentDto,
  CreateSegmentDto,
  SegmentCountDto,
  SegmentDto,
  SegmentPageDto,
  toSegmentDto,
} from './segment.dto.js';

@Controller('v1/segments')
@ApiTags('Audience')
@ApiBearerAuth()
export class SegmentsController {
  constructor(
    private readonly edit: EditSegments,
    private readonly segments: Segments,
    private readonly unitOfWork: UnitOfWork,
    private readonly idempotency: Idempotency,
  ) {}

  @Post()
  @ApiOperation({ summary: 'Save a filter of subscribers' })
  @NeedsScope('audience:write')
  @ApiCreatedResponse({ type: SegmentDto })
  create(
    @CurrentPrincipal() principal: Principal,
    @IdempotentCall() call: IdempotencyCall,
    @Body() body: CreateSegmentDto,
  ): Promise<SegmentDto> {
    return this.idempotency.run<SegmentDto>(principal, call, async (tx) =>
      toSegmentDto(await this.edit.create(principal, body, tx)),
    );
  }

  @Post('count')
  @ApiOperation({ summary: 'Count whom a filter finds, without saving it' })
  @HttpCode(200)
  @NeedsScope('audience:read')
  @ApiOkResponse({ type: SegmentCountDto })
  count(@CurrentPrincipal() { workspaceId }: Principal, @Body() { filter }: CountSegmentDto): Promise<SegmentCountDto> {
    return this.edit.count(workspaceId, filter);
  }

  @Get()
  @ApiOperation({ summary: 'List segments' })
  @NeedsScope('audience:read')
  @ApiOkResponse({ type: SegmentPageDto })
  async list(@CurrentPrincipal() { workspaceId }: Principal, @Query() query: PageQuery): Promise<SegmentPageDto> {
    return readPage(
      query,
      (place) => this.segments.list(workspaceId, place),
      (row) => toSegmentDto(row),
    );
  }

  @Get(':id')
  @ApiOperation({ summary: 'Read a segment' })
  @NeedsScope('audience:read')
  @ApiOkResponse({ type: SegmentDto })
  async get(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Param('id', UuidPipe) id: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SegmentDto> {
    const segment = await this.segments.get(workspaceId, id);
    response.setHeader('ETag', etagOf(segment.version));
    return toSegmentDto(segment);
  }

  @Get(':id/count')
  @ApiOperation({ summary: 'Count whom a segment finds now' })
  @NeedsScope('audience:read')
  @ApiOkResponse({ type: SegmentCountDto })
  countSaved(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Param('id', UuidPipe) id: string,
  ): Promise<SegmentCountDto> {
    return this.edit.countSaved(workspaceId, id);
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Change a segment; broadcasts that went out keep their recipients' })
  @NeedsScope('audience:write')
  @ApiHeader({ name: 'If-Match', required: false })
  @ApiOkResponse({ type: SegmentDto })
  async change(
    @CurrentPrincipal() principal: Principal,
    @Param('id', UuidPipe) id: string,
    @Body() body: ChangeSegmentDto,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SegmentDto> {
    const expected = expectedVersion(response.req.get('if-match'));
    const saved = await this.unitOfWork.run((tx) =>
      this.edit.change({ ...principal, id }, body, ({ version }) => assertVersion('segment', expected, version), tx),
    );
    response.setHeader('ETag', etagOf(saved.version));
    return toSegmentDto(saved);
  }

  @Delete(':id')
  @ApiOperation({ summary: 'Delete a segment that no broadcast names' })
  @HttpCode(204)
  @NeedsScope('audience:write')
  @ApiNoContentResponse()
  delete(@CurrentPrincipal() principal: Principal, @Param('id', UuidPipe) id: string): Promise<void> {
    return this.unitOfWork.run((tx) => this.edit.delete({ ...principal, id }, tx));
  }
}
