import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { readPage } from '../../../infra/http/page.js';
import { CurrentPrincipal, NeedsScope, type Principal } from '../../../infra/http/principal.js';
import { UuidPipe } from '../../../infra/http/uuid.pipe.js';
import { Idempotency, IdempotentCall, type IdempotencyCall } from '../../../workspaces/index.js';
import { LockRun } from '../../application/calendar/lock-run.js';
import { ReadCalendar } from '../../application/calendar/read-calendar.js';
import { CalendarPageDto, CalendarQuery, LockedRunDto, toCalendarEntryDto } from './calendar.dto.js';
import { toSpan } from './span.js';

@Controller('v1')
@ApiTags('Calendar')
@ApiBearerAuth()
export class CalendarController {
  constructor(
    private readonly calendar: ReadCalendar,
    private readonly locks: LockRun,
    private readonly idempotency: Idempotency,
  ) {}

  /** Earliest first: targets, what the planner would make beyond them, and slots that would stay empty, each with why. */
  @Get('calendar')
  @ApiOperation({ summary: 'What is planned, what would be, and what stays empty' })
  @NeedsScope('posts:read')
  @ApiOkResponse({ type: CalendarPageDto })
  async read(@CurrentPrincipal() { workspaceId }: Principal, @Query() query: CalendarQuery): Promise<CalendarPageDto> {
    const { from, to, accountId = [] } = query;
    const question = { span: toSpan(from, to), accountIds: accountId.map((id) => id.toLowerCase()) };
    return readPage(
      query,
      (place) => this.calendar.execute(workspaceId, { ...question, ...place }),
      toCalendarEntryDto,
      ({ at, id }) => ({ at: at.toISOString(), id }),
    );
  }

  @Post('occurrences/:id/lock')
  @ApiOperation({ summary: 'Keep a run of a queue as it is, however the queue changes' })
  @HttpCode(200)
  @NeedsScope('posts:write')
  @ApiOkResponse({ type: LockedRunDto })
  lock(
    @CurrentPrincipal() principal: Principal,
    @IdempotentCall() call: IdempotencyCall,
    @Param('id', UuidPipe) id: string,
  ): Promise<LockedRunDto> {
    return this.setLocked(principal, call, { id, locked: true });
  }

  @Post('occurrences/:id/unlock')
  @ApiOperation({ summary: 'Let the queue replan this run again' })
  @HttpCode(200)
  @NeedsScope('posts:write')
  @ApiOkResponse({ type: LockedRunDto })
  unlock(
    @CurrentPrincipal() principal: Principal,
    @IdempotentCall() call: IdempotencyCall,
    @Param('id', UuidPipe) id: string,
  ): Promise<LockedRunDto> {
    return this.setLocked(principal, call, { id, locked: false });
  }

  private setLocked(
    principal: Principal,
    call: IdempotencyCall,
    { id: occurrenceId, locked }: { readonly id: string; readonly locked: boolean },
  ): Promise<LockedRunDto> {
    const { workspaceId, actor } = principal;
    return this.idempotency.run(principal, call, async (tx) => {
      await this.locks.execute({ workspaceId, occurrenceId, actor }, locked, tx);
      return { occurrenceId, locked };
    });
  }
}
