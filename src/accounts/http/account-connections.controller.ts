import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiOkResponse, ApiTags, ApiOperation } from '@nestjs/swagger';
import { CurrentPrincipal, NeedsScope, type Principal } from '../../infra/http/principal.js';
import { UuidPipe } from '../../infra/http/uuid.pipe.js';
import { notFound } from '../../kernel/domain-error.js';
import { Idempotency, type IdempotencyCall, IdempotentCall } from '../../workspaces/index.js';
import { ChangeAccount } from '../application/change-account.js';
import { ConnectAccount } from '../application/connect-account.js';
import { ProveCredentials } from '../application/prove-credentials.js';
import { AccountStore } from '../domain/account-store.port.js';
import { ConnectAccountDto, ReconnectAccountDto } from './dto/account.request.dto.js';
import { AccountDto, toAccountDto } from './dto/account.response.dto.js';

/** Credentials come in here and never go out. The platform is asked before the transaction begins. */
@Controller('v1/accounts')
@ApiTags('Accounts')
@ApiBearerAuth()
export class AccountConnectionsController {
  constructor(
    private readonly idempotency: Idempotency,
    private readonly prove: ProveCredentials,
    private readonly connections: ConnectAccount,
    private readonly change: ChangeAccount,
    private readonly accounts: AccountStore,
  ) {}

  @Post()
  @ApiOperation({ summary: 'Connect an account by its tokens' })
  @NeedsScope('accounts:write')
  @ApiCreatedResponse({ type: AccountDto, description: 'Connected; the same account when it was connected before.' })
  async connect(
    @CurrentPrincipal() principal: Principal,
    @IdempotentCall() call: IdempotencyCall,
    @Body() { platform, credentials, region, displayName }: ConnectAccountDto,
  ): Promise<AccountDto> {
    const earlier = await this.idempotency.replayOf<AccountDto>(principal, call);
    if (earlier) return earlier.body;
    const proven = await this.prove.execute(platform, credentials);
    const { workspaceId, actor } = principal;
    return this.idempotency.run(principal, call, async (tx) =>
      toAccountDto(await this.connections.execute({ workspaceId, actor, region, displayName }, proven, tx)),
    );
  }

  @Post(':id/reconnect')
  @ApiOperation({ summary: 'Give a connected account new tokens' })
  @HttpCode(200)
  @NeedsScope('accounts:write')
  @ApiOkResponse({ type: AccountDto })
  async reconnect(
    @CurrentPrincipal() principal: Principal,
    @Param('id', UuidPipe) id: string,
    @IdempotentCall() call: IdempotencyCall,
    @Body() { credentials }: ReconnectAccountDto,
  ): Promise<AccountDto> {
    const earlier = await this.idempotency.replayOf<AccountDto>(principal, call);
    if (earlier) return earlier.body;
    const { workspaceId, actor } = principal;
    const account = await this.accounts.get(workspaceId, id);
    if (!account) throw notFound('account', id);
    const proven = await this.prove.execute(account.platform, credentials);
    return this.idempotency.run(principal, call, async (tx) =>
      toAccountDto(await this.connections.reconnect({ workspaceId, id, actor }, proven, tx)),
    );
  }

  @Post(':id/disconnect')
  @ApiOperation({ summary: 'Disconnect an account' })
  @HttpCode(200)
  @NeedsScope('accounts:write')
  @ApiOkResponse({ type: AccountDto, description: 'The credentials are erased; the account and its history stay.' })
  disconnect(
    @CurrentPrincipal() principal: Principal,
    @Param('id', UuidPipe) id: string,
    @IdempotentCall() call: IdempotencyCall,
  ): Promise<AccountDto> {
    const { workspaceId, actor } = principal;
    return this.idempotency.run(principal, call, async (tx) =>
      toAccountDto(await this.change.disconnect({ workspaceId, id, actor }, tx)),
    );
  }
}
