import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiTags,
  ApiOperation,
} from '@nestjs/swagger';
import { PageQuery, readPage } from '../../infra/http/page.js';
import { CurrentPrincipal, NeedsScope, type Principal } from '../../infra/http/principal.js';
import { UuidPipe } from '../../infra/http/uuid.pipe.js';
import { ApiKeyDesk } from '../application/api-key-desk.js';
import { Idempotency } from '../application/idempotency.js';
import { ApiKeys } from '../domain/api-keys.port.js';
import { type IdempotencyCall, ShownOnce } from '../domain/idempotency-call.js';
import { ApiKeyPageDto, CreateApiKeyDto, CreatedApiKeyDto, toApiKeyDto } from './dto/api-key.dto.js';
import { IdempotentCall } from './idempotent-call.decorator.js';

@Controller('v1/api-keys')
@ApiTags('API keys')
@ApiBearerAuth()
export class ApiKeysController {
  constructor(
    private readonly idempotency: Idempotency,
    private readonly desk: ApiKeyDesk,
    private readonly keys: ApiKeys,
  ) {}

  @Post()
  @ApiOperation({ summary: 'Create an API key; its secret is answered this once' })
  @NeedsScope('admin')
  @ApiCreatedResponse({ type: CreatedApiKeyDto })
  create(
    @CurrentPrincipal() principal: Principal,
    @IdempotentCall() call: IdempotencyCall,
    @Body() { name, scopes, expiresAt }: CreateApiKeyDto,
  ): Promise<CreatedApiKeyDto> {
    const { workspaceId, actor, scopes: grantorScopes } = principal;
    const until = expiresAt === undefined ? null : new Date(expiresAt);
    return this.idempotency.run<CreatedApiKeyDto>(principal, call, async (tx) => {
      const key = await this.desk.issue({ workspaceId, name, scopes, grantorScopes, expiresAt: until, actor }, tx);
      const shown = toApiKeyDto(key);
      return new ShownOnce<CreatedApiKeyDto>({ ...shown, key: key.plain }, shown);
    });
  }

  @Get()
  @ApiOperation({ summary: 'List API keys, without their secrets' })
  @NeedsScope('admin')
  @ApiOkResponse({ type: ApiKeyPageDto })
  async list(@CurrentPrincipal() { workspaceId }: Principal, @Query() query: PageQuery): Promise<ApiKeyPageDto> {
    return readPage(query, (place) => this.keys.list(workspaceId, place), toApiKeyDto);
  }

  @Delete(':id')
  @ApiOperation({ summary: 'Revoke an API key' })
  @HttpCode(204)
  @NeedsScope('admin')
  @ApiNoContentResponse({ description: 'The key is dead from now on.' })
  revoke(@CurrentPrincipal() { workspaceId, actor }: Principal, @Param('id', UuidPipe) id: string): Promise<void> {
    return this.desk.revoke(workspaceId, id, actor);
  }
}
