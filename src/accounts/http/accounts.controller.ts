import { Body, Controller, Get, Param, Patch, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiOkResponse, ApiTags, ApiOperation } from '@nestjs/swagger';
import { readPage } from '../../infra/http/page.js';
import { CurrentPrincipal, NeedsScope, type Principal } from '../../infra/http/principal.js';
import { UuidPipe } from '../../infra/http/uuid.pipe.js';
import { notFound } from '../../kernel/domain-error.js';
import { ChangeAccount } from '../application/change-account.js';
import { ReadAccountHealth } from '../application/read-account-health.js';
import type { Account } from '../domain/account.js';
import { AccountStore } from '../domain/account-store.port.js';
import { ListAccountsQuery, UpdateAccountDto } from './dto/account.request.dto.js';
import { AccountDto, AccountPageDto, toAccountDto } from './dto/account.response.dto.js';
import { AccountHealthDto, toAccountHealthDto } from './dto/account-health.response.dto.js';
import { type VersionCheck, VersionCheckOf } from './version-check.decorator.js';

@Controller('v1/accounts')
@ApiTags('Accounts')
@ApiBearerAuth()
export class AccountsController {
  constructor(
    private readonly accounts: AccountStore,
    private readonly change: ChangeAccount,
    private readonly health: ReadAccountHealth,
  ) {}

  @Get()
  @ApiOperation({ summary: 'List connected accounts' })
  @NeedsScope('accounts:read')
  @ApiOkResponse({ type: AccountPageDto })
  async list(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Query() query: ListAccountsQuery,
  ): Promise<AccountPageDto> {
    const { platform, status } = query;
    return readPage(query, (place) => this.accounts.page(workspaceId, { platform, status, ...place }), toAccountDto);
  }

  @Get(':id')
  @ApiOperation({ summary: 'Read an account' })
  @NeedsScope('accounts:read')
  @ApiOkResponse({ type: AccountDto })
  async get(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Param('id', UuidPipe) id: string,
    @VersionCheckOf() versions: VersionCheck,
  ): Promise<AccountDto> {
    const account = await this.accounts.get(workspaceId, id);
    if (!account) throw notFound('account', id);
    return tagged(versions, account);
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Change an account' })
  @NeedsScope('accounts:write')
  @ApiHeader({ name: 'If-Match', required: false, description: 'The ETag you last saw; refused when it is old.' })
  @ApiOkResponse({ type: AccountDto })
  async update(
    @CurrentPrincipal() { workspaceId, actor }: Principal,
    @Param('id', UuidPipe) id: string,
    @Body() edit: UpdateAccountDto,
    @VersionCheckOf() versions: VersionCheck,
  ): Promise<AccountDto> {
    return tagged(versions, await this.change.edit({ workspaceId, id, actor }, edit, versions.assertFresh));
  }

  @Get(':id/health')
  @ApiOperation({ summary: 'How an account does' })
  @NeedsScope('accounts:read')
  @ApiOkResponse({ type: AccountHealthDto })
  async healthOf(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Param('id', UuidPipe) id: string,
  ): Promise<AccountHealthDto> {
    return toAccountHealthDto(await this.health.execute(workspaceId, id));
  }
}

const tagged = (versions: VersionCheck, account: Account): AccountDto => {
  versions.tag(account.version);
  return toAccountDto(account);
};
