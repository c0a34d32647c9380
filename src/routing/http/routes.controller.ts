import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Put, Query } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiHeader,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiTags,
  ApiOperation,
} from '@nestjs/swagger';
import { readPage } from '../../infra/http/page.js';
import { CurrentPrincipal, NeedsScope, type Principal } from '../../infra/http/principal.js';
import { UuidPipe } from '../../infra/http/uuid.pipe.js';
import { notFound } from '../../kernel/domain-error.js';
import { UnitOfWork } from '../../kernel/transaction.js';
import { Idempotency, IdempotentCall, type IdempotencyCall } from '../../workspaces/index.js';
import { RouteDesk } from '../application/route-desk.js';
import { Routes } from '../domain/routes.port.js';
import type { StoredRoute } from '../domain/stored-route.js';
import { CreateRouteDto, ListRoutesQuery, RoutePolicyDto } from './dto/route.request.dto.js';
import { RouteDto, RoutePageDto, toRouteDto } from './dto/route.response.dto.js';
import { type RouteVersion, RouteVersionOf } from './route-version.decorator.js';

const IF_MATCH = { name: 'If-Match', required: false, description: 'The ETag you last saw; refused when it is old.' };

@Controller('v1/routes')
@ApiTags('Routes')
@ApiBearerAuth()
export class RoutesController {
  constructor(
    private readonly desk: RouteDesk,
    private readonly routes: Routes,
    private readonly idempotency: Idempotency,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** Says what posts do when their platform or account is not well: of all, a platform, an account, a tag or a post. */
  @Post()
  @ApiOperation({ summary: 'Create a route' })
  @NeedsScope('routes:write')
  @ApiCreatedResponse({ type: RouteDto })
  async create(
    @CurrentPrincipal() principal: Principal,
    @IdempotentCall() call: IdempotencyCall,
    @Body() { scope, scopeId, platform, ...policy }: CreateRouteDto,
    @RouteVersionOf() version: RouteVersion,
  ): Promise<RouteDto> {
    const { workspaceId, actor } = principal;
    const created = await this.idempotency.run(principal, call, async (tx) =>
      toRouteDto(await this.desk.create(workspaceId, { scope, scopeId, platform, policy }, actor, tx)),
    );
    version.tag(created.version);
    return created;
  }

  @Get()
  @ApiOperation({ summary: 'List routes' })
  @NeedsScope('routes:read')
  @ApiOkResponse({ type: RoutePageDto })
  async list(@CurrentPrincipal() { workspaceId }: Principal, @Query() query: ListRoutesQuery): Promise<RoutePageDto> {
    const { scope } = query;
    return readPage(query, (place) => this.routes.list(workspaceId, { scope, ...place }), toRouteDto);
  }

  @Get(':id')
  @ApiOperation({ summary: 'Read a route' })
  @NeedsScope('routes:read')
  @ApiOkResponse({ type: RouteDto })
  async get(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Param('id', UuidPipe) id: string,
    @RouteVersionOf() version: RouteVersion,
  ): Promise<RouteDto> {
    const route = await this.routes.find(workspaceId, id);
    if (!route) throw notFound('route', id);
    return tagged(version, route);
  }

  /** Changes only what is sent. */
  @Patch(':id')
  @ApiOperation({ summary: 'Change fields of a route' })
  @NeedsScope('routes:write')
  @ApiHeader(IF_MATCH)
  @ApiOkResponse({ type: RouteDto })
  async change(
    @CurrentPrincipal() { workspaceId, actor }: Principal,
    @Param('id', UuidPipe) id: string,
    @Body() change: RoutePolicyDto,
    @RouteVersionOf() version: RouteVersion,
  ): Promise<RouteDto> {
    const ref = { workspaceId, id, actor, assertFresh: version.assertFresh };
    return tagged(version, await this.unitOfWork.run((tx) => this.desk.change(ref, change, tx)));
  }

  /** Replaces the whole policy; what is left out takes its default. */
  @Put(':id')
  @ApiOperation({ summary: 'Replace a route' })
  @NeedsScope('routes:write')
  @ApiHeader(IF_MATCH)
  @ApiOkResponse({ type: RouteDto })
  async replace(
    @CurrentPrincipal() { workspaceId, actor }: Principal,
    @Param('id', UuidPipe) id: string,
    @Body() policy: RoutePolicyDto,
    @RouteVersionOf() version: RouteVersion,
  ): Promise<RouteDto> {
    const ref = { workspaceId, id, actor, assertFresh: version.assertFresh };
    return tagged(version, await this.unitOfWork.run((tx) => this.desk.replace(ref, policy, tx)));
  }

  @Delete(':id')
  @ApiOperation({ summary: 'Delete a route' })
  @HttpCode(204)
  @NeedsScope('routes:write')
  @ApiHeader(IF_MATCH)
  @ApiNoContentResponse({ description: 'The next wider route holds from now on.' })
  remove(
    @CurrentPrincipal() { workspaceId, actor }: Principal,
    @Param('id', UuidPipe) id: string,
    @RouteVersionOf() { assertFresh }: RouteVersion,
  ): Promise<void> {
    return this.unitOfWork.run((tx) => this.desk.remove({ workspaceId, id, actor, assertFresh }, tx));
  }
}

const tagged = (version: RouteVersion, route: StoredRoute): RouteDto => {
  version.tag(route.version);
  return toRouteDto(route);
};
