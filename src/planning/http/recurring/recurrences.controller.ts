import { Body, Controller, Delete, Get, HttpCode, Param, Put, Req, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { etagOf, expectedVersion } from '../../../infra/http/etag.js';
import { CurrentPrincipal, NeedsScope, type Principal } from '../../../infra/http/principal.js';
import { UuidPipe } from '../../../infra/http/uuid.pipe.js';
import { UnitOfWork } from '../../../kernel/transaction.js';
import { EndRecurrence } from '../../application/recurring/end-recurrence.js';
import { ReadRecurrence } from '../../application/recurring/read-recurrence.js';
import { SetRecurrence } from '../../application/recurring/set-recurrence.js';
import { SetRecurrenceDto, toRecurrenceToSet } from './dto/recurrence.request.dto.js';
import { RecurrenceDto, toRecurrenceDto } from './dto/recurrence.response.dto.js';

const IF_MATCH = { name: 'If-Match', required: false, description: 'ETag of the copy you saw; another one gives 412.' };

@Controller('v1/posts/:id/recurrence')
@ApiTags('Recurring posts')
@ApiBearerAuth()
export class RecurrencesController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly setting: SetRecurrence,
    private readonly ending: EndRecurrence,
    private readonly reading: ReadRecurrence,
  ) {}

  /** Replaces the whole rule. Planned runs that do not fit it any more are taken back, unless somebody touched them. */
  @Put()
  @ApiOperation({ summary: 'Make an evergreen post recur, or change how' })
  @NeedsScope('posts:write')
  @ApiHeader(IF_MATCH)
  @ApiOkResponse({ type: RecurrenceDto })
  async put(
    @CurrentPrincipal() { workspaceId, actor }: Principal,
    @Param('id', UuidPipe) postId: string,
    @Body() body: SetRecurrenceDto,
    @Res({ passthrough: true }) response: Response,
  ): Promise<RecurrenceDto> {
    const ref = { workspaceId, postId, actor, expectedVersion: expectedVersion(response.req.get('if-match')) };
    const wish = toRecurrenceToSet(body);
    const { stored, warnings } = await this.unitOfWork.runPatiently((tx) => this.setting.execute(ref, wish, tx));
    response.setHeader('ETag', etagOf(stored.version));
    return toRecurrenceDto(stored, warnings);
  }

  @Get()
  @ApiOperation({ summary: 'Read how a post recurs' })
  @NeedsScope('posts:read')
  @ApiOkResponse({ type: RecurrenceDto })
  async get(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Param('id', UuidPipe) postId: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<RecurrenceDto> {
    const stored = await this.reading.get(workspaceId, postId);
    response.setHeader('ETag', etagOf(stored.version)).setHeader('Cache-Control', 'no-store');
    return toRecurrenceDto(stored);
  }

  /** Runs that wait are cancelled, unless somebody touched or locked them; what went out stays. */
  @Delete()
  @ApiOperation({ summary: 'End the recurrence of a post' })
  @HttpCode(204)
  @NeedsScope('posts:write')
  @ApiHeader(IF_MATCH)
  @ApiNoContentResponse({ description: 'It recurs no more.' })
  async remove(
    @CurrentPrincipal() { workspaceId, actor }: Principal,
    @Param('id', UuidPipe) postId: string,
    @Req() request: Request,
  ): Promise<void> {
    const ref = { workspaceId, postId, actor, expectedVersion: expectedVersion(request.get('if-match')) };
    await this.unitOfWork.runPatiently((tx) => this.ending.execute(ref, tx));
  }
}
