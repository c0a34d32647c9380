import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { PageQuery, readPage } from '../../../infra/http/page.js';
import { CurrentPrincipal, NeedsScope, type Principal } from '../../../infra/http/principal.js';
import { UuidPipe } from '../../../infra/http/uuid.pipe.js';
import { UnitOfWork } from '../../../kernel/transaction.js';
import { Idempotency, IdempotentCall, type IdempotencyCall } from '../../../workspaces/index.js';
import { SendingDomainDesk } from '../../application/sending/sending-domain-desk.js';
import { SendingDomains } from '../../domain/sending/sending-domains.port.js';
import {
  CreateSendingDomainDto,
  SendingDomainPageResponse,
  SendingDomainResponse,
  toSendingDomain,
} from './sending-domain.dto.js';

@Controller('v1/sending-domains')
@ApiTags('Audience')
@ApiBearerAuth()
export class SendingDomainsController {
  constructor(
    private readonly idempotency: Idempotency,
    private readonly unitOfWork: UnitOfWork,
    private readonly desk: SendingDomainDesk,
    private readonly domains: SendingDomains,
  ) {}

  @Post()
  @ApiOperation({ summary: 'Write as a domain of your own; answers the TXT record to publish' })
  @NeedsScope('audience:write')
  @ApiCreatedResponse({ type: SendingDomainResponse })
  add(
    @CurrentPrincipal() principal: Principal,
    @IdempotentCall() call: IdempotencyCall,
    @Body() { domain, sender, selector = 'perennial' }: CreateSendingDomainDto,
  ): Promise<SendingDomainResponse> {
    const fields = { domain: domain.toLowerCase(), sender, selector };
    return this.idempotency.run(principal, call, async (tx) =>
      toSendingDomain(await this.desk.add(principal, fields, tx)),
    );
  }

  @Get()
  @ApiOperation({ summary: 'List sending domains; the one verified last is used' })
  @NeedsScope('audience:read')
  @ApiOkResponse({ type: SendingDomainPageResponse })
  list(@CurrentPrincipal() { workspaceId }: Principal, @Query() query: PageQuery): Promise<SendingDomainPageResponse> {
    return readPage(query, (place) => this.domains.list(workspaceId, place), toSendingDomain);
  }

  @Get(':id')
  @ApiOperation({ summary: 'Read one sending domain and its record' })
  @NeedsScope('audience:read')
  @ApiOkResponse({ type: SendingDomainResponse })
  async read(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Param('id', UuidPipe) id: string,
  ): Promise<SendingDomainResponse> {
    return toSendingDomain(await this.desk.get(workspaceId, id));
  }

  @Post(':id/verify')
  @ApiOperation({ summary: 'Look for the key in DNS; once found, mail leaves as this domain' })
  @HttpCode(200)
  @NeedsScope('audience:write')
  @ApiOkResponse({ type: SendingDomainResponse })
  async verify(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Param('id', UuidPipe) id: string,
  ): Promise<SendingDomainResponse> {
    return toSendingDomain(await this.desk.verify(workspaceId, id));
  }

  @Delete(':id')
  @ApiOperation({ summary: 'Stop writing as a domain' })
  @HttpCode(204)
  @NeedsScope('audience:write')
  @ApiNoContentResponse()
  remove(@CurrentPrincipal() principal: Principal, @Param('id', UuidPipe) id: string): Promise<void> {
    return this.unitOfWork.run((tx) => this.desk.remove(principal, id, tx));
  }
}
