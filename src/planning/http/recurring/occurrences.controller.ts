import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { decodeCursor, toPage } from '../../../infra/http/page.js';
import { CurrentPrincipal, NeedsScope, type Principal } from '../../../infra/http/principal.js';
import { UuidPipe } from '../../../infra/http/uuid.pipe.js';
import { Clock } from '../../../kernel/clock.port.js';
import { UnitOfWork } from '../../../kernel/transaction.js';
import { ChangeOccurrence } from '../../application/recurring/change-occurrence.js';
import { ReadRecurrence } from '../../application/recurring/read-recurrence.js';
import { RESTORED } from '../../domain/recurring/change-occurrence.js';
import { toLocalTime } from './local-time.js';
import { ChangeOccurrenceDto, ListOccurrencesQuery, toOccurrenceWish } from './dto/occurrence.request.dto.js';
import {
  RecurrenceOccurrenceDto,
  RecurrenceOccurrencePageDto,
  toRecurrenceOccurrenceDto,
} from './dto/recurrence.response.dto.js';
import { spanOf } from './span.js';

const LOCAL_TIME = {
  name: 'localTime',
  example: '2026-12-25T18:30',
  description: 'The original local time of the run.',
};

@Controller('v1/posts/:id/recurrence/occurrences')
@ApiTags('Recurring posts')
@ApiBearerAuth()
export class RecurrenceOccurrencesController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly changing: ChangeOccurrence,
    private readonly reading: ReadRecurrence,
    private readonly clock: Clock,
  ) {}

  /** Planned, still to be planned, and skipped ones. */
  @Get()
  @ApiOperation({ summary: 'List the runs of a recurrence, earliest first' })
  @NeedsScope('posts:read')
  @ApiOkResponse({ type: RecurrenceOccurrencePageDto })
  async list(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Param('id', UuidPipe) postId: string,
    @Query() query: ListOccurrencesQuery,
  ): Promise<RecurrenceOccurrencePageDto> {
    const { from, until } = spanOf(query, this.clock.now());
    const after = decodeCursor(query.cursor);
    const rest = { from: after ? new Date(Date.parse(after.at) + 1) : from, until };
    const found = await this.reading.occurrences(workspaceId, postId, rest, query.limit);
    const keyOf = ({ occurrence }: (typeof found)[number]) => ({ at: occurrence.at.toISOString(), id: postId });
    return toPage(found, query.limit, keyOf, toRecurrenceOccurrenceDto);
  }

  /** Skips, moves, edits or locks one run; the others stay as they are. */
  @Patch(':localTime')
  @ApiOperation({ summary: 'Skip, move, edit or lock one run' })
  @NeedsScope('posts:write')
  @ApiParam(LOCAL_TIME)
  @ApiOkResponse({ type: RecurrenceOccurrenceDto })
  async change(
    @CurrentPrincipal() { workspaceId, actor }: Principal,
    @Param('id', UuidPipe) postId: string,
    @Param('localTime') name: string,
    @Body() body: ChangeOccurrenceDto,
  ): Promise<RecurrenceOccurrenceDto> {
    const ref = { workspaceId, postId, actor };
    const localTime = toLocalTime(name);
    const wish = toOccurrenceWish(body);
    await this.unitOfWork.runPatiently((tx) => this.changing.execute(ref, localTime, wish, tx));
    return toRecurrenceOccurrenceDto(await this.reading.occurrence(workspaceId, postId, localTime));
  }

  /** Undoes its skip, move, edit and lock. A run that the rule has no more, and that was only kept by these, goes. */
  @Delete(':localTime')
  @ApiOperation({ summary: 'Restore one run to what the rule says' })
  @HttpCode(204)
  @NeedsScope('posts:write')
  @ApiParam(LOCAL_TIME)
  @ApiNoContentResponse({ description: 'It runs as the rule says.' })
  async restore(
    @CurrentPrincipal() { workspaceId, actor }: Principal,
    @Param('id', UuidPipe) postId: string,
    @Param('localTime') name: string,
  ): Promise<void> {
    const ref = { workspaceId, postId, actor };
    const localTime = toLocalTime(name);
    await this.unitOfWork.runPatiently((tx) => this.changing.execute(ref, localTime, RESTORED, tx));
  }
}
