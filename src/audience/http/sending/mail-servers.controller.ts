import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
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
import { MailServerDesk, type ServerChange } from '../../application/sending/mail-server-desk.js';
import { MailServerStore } from '../../domain/sending/mail-server-store.port.js';
import {
  CreateMailServerDto,
  MailServerPageResponse,
  MailServerResponse,
  toFields,
  toMailServer,
  UpdateMailServerDto,
} from './mail-server.dto.js';

@Controller('v1/mail-servers')
@ApiTags('Audience')
@ApiBearerAuth()
export class MailServersController {
  constructor(
    private readonly idempotency: Idempotency,
    private readonly unitOfWork: UnitOfWork,
    private readonly desk: MailServerDesk,
    private readonly store: MailServerStore,
  ) {}

  @Post()
  @ApiOperation({ summary: "Send this workspace's mail by a server of its own" })
  @NeedsScope('audience:write')
  @ApiCreatedResponse({ type: MailServerResponse })
  add(
    @CurrentPrincipal() principal: Principal,
    @IdempotentCall() call: IdempotencyCall,
    @Body() body: CreateMailServerDto,
  ): Promise<MailServerResponse> {
    return this.idempotency.run(principal, call, async (tx) =>
      toMailServer(await this.desk.add(principal, toFields(body), body.password ?? null, tx)),
    );
  }

  @Get()
  @ApiOperation({ summary: 'List mail servers, without their passwords' })
  @NeedsScope('audience:read')
  @ApiOkResponse({ type: MailServerPageResponse })
  list(@CurrentPrincipal() { workspaceId }: Principal, @Query() query: PageQuery): Promise<MailServerPageResponse> {
    return readPage(query, (place) => this.store.list(workspaceId, place), toMailServer);
  }

  @Get(':id')
  @ApiOperation({ summary: 'Read one mail server' })
  @NeedsScope('audience:read')
  @ApiOkResponse({ type: MailServerResponse })
  async read(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Param('id', UuidPipe) id: string,
  ): Promise<MailServerResponse> {
    return toMailServer(await this.desk.get(workspaceId, id));
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Change a mail server, its limits or its warm-up; a new host needs the password again' })
  @NeedsScope('audience:write')
  @ApiOkResponse({ type: MailServerResponse })
  change(
    @CurrentPrincipal() principal: Principal,
    @Param('id', UuidPipe) id: string,
    @Body() body: UpdateMailServerDto,
  ): Promise<MailServerResponse> {
    const change = Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined)) as ServerChange;
    return this.unitOfWork.run(async (tx) => toMailServer(await this.desk.change(principal, id, change, tx)));
  }

  @Delete(':id')
  @ApiOperation({ summary: 'Remove a mail server' })
  @HttpCode(204)
  @NeedsScope('audience:write')
  @ApiNoContentResponse()
  remove(@CurrentPrincipal() principal: Principal, @Param('id', UuidPipe) id: string): Promise<void> {
    return this.unitOfWork.run((tx) => this.desk.remove(principal, id, tx));
  }
}
