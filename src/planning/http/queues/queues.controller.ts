import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiHeader,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { PageQuery, readPage } from '../../../infra/http/page.js';
import { CurrentPrincipal, NeedsScope, type Principal } from '../../../infra/http/principal.js';
import { UuidPipe } from '../../../infra/http/uuid.pipe.js';
import { notFound } from '../../../kernel/domain-error.js';
import { UnitOfWork } from '../../../kernel/transaction.js';
import { Idempotency, IdempotentCall, type IdempotencyCall } from '../../../workspaces/index.js';
import { QueueDesk } from '../../application/queues/queue-desk.js';
import { Queues } from '../../domain/queues/queues.port.js';
import { CreateQueueDto, toQueueChange, toQueueRequest, UpdateQueueDto } from './queue.request.dto.js';
import { QueueDto, QueuePageDto, toQueueDto } from './queue.response.dto.js';
import { type QueueVersion, QueueVersionOf } from './queue-version.decorator.js';

const IF_MATCH = { name: 'If-Match', required: false, description: 'The ETag you last saw; refused when it is old.' };

@Controller('v1/queues')
@ApiTags('Queues')
@ApiBearerAuth()
export class QueuesController {
  constructor(
    private readonly desk: QueueDesk,
    private readonly queues: Queues,
    private readonly idempotency: Idempotency,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** Weekly times that evergreen posts fill; runs up to the horizon are made at once. */
  @Post()
  @ApiOperation({ summary: 'Create a queue' })
  @NeedsScope('posts:write')
  @ApiCreatedResponse({ type: QueueDto })
  create(
    @CurrentPrincipal() principal: Principal,
    @IdempotentCall() call: IdempotencyCall,
    @Body() body: CreateQueueDto,
  ): Promise<QueueDto> {
    return this.idempotency.run(principal, call, async (tx) =>
      toQueueDto(await this.desk.create(principal, toQueueRequest(body), tx)),
    );
  }

  @Get()
  @ApiOperation({ summary: 'List queues, newest first' })
  @NeedsScope('posts:read')
  @ApiOkResponse({ type: QueuePageDto })
  async list(@CurrentPrincipal() { workspaceId }: Principal, @Query() query: PageQuery): Promise<QueuePageDto> {
    return readPage(query, (place) => this.queues.list(workspaceId, place), toQueueDto);
  }

  @Get(':id')
  @ApiOperation({ summary: 'Read a queue' })
  @NeedsScope('posts:read')
  @ApiOkResponse({ type: QueueDto })
  async get(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Param('id', UuidPipe) id: string,
    @QueueVersionOf() version: QueueVersion,
  ): Promise<QueueDto> {
    const queue = await this.queues.find(workspaceId, id);
    if (!queue) throw notFound('queue', id);
    version.tag(queue.version);
    return toQueueDto(queue);
  }

  /** Changes what is sent. Runs ahead follow, except those that a person locked, moved or edited, and what began. */
  @Patch(':id')
  @ApiOperation({ summary: 'Change a queue' })
  @NeedsScope('posts:write')
  @ApiHeader(IF_MATCH)
  @ApiOkResponse({ type: QueueDto })
  async change(
    @CurrentPrincipal() { workspaceId, actor }: Principal,
    @Param('id', UuidPipe) id: string,
    @Body() body: UpdateQueueDto,
    @QueueVersionOf() version: QueueVersion,
  ): Promise<QueueDto> {
    const ref = { workspaceId, id, actor, assertFresh: version.assertFresh };
    const queue = await this.unitOfWork.runPatiently((tx) => this.desk.change(ref, toQueueChange(body), tx));
    version.tag(queue.version);
    return toQueueDto(queue);
  }

  /** Runs ahead that nobody touched are taken back; what is locked or on its way stays. */
  @Delete(':id')
  @ApiOperation({ summary: 'Delete a queue' })
  @HttpCode(204)
  @NeedsScope('posts:write')
  @ApiHeader(IF_MATCH)
  @ApiNoContentResponse({ description: 'Gone; what it published stays published.' })
  async remove(
    @CurrentPrincipal() { workspaceId, actor }: Principal,
    @Param('id', UuidPipe) id: string,
    @QueueVersionOf() { assertFresh }: QueueVersion,
  ): Promise<void> {
    await this.unitOfWork.runPatiently((tx) => this.desk.remove({ workspaceId, id, actor, assertFresh }, tx));
  }
}
