import { Body, Controller, Get, Logger, Param, Post, Query, Req, Res } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiExtraModels,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiQuery,
  ApiTags,
  getSchemaPath,
} from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { AppConfig } from '../../infra/config/app-config.js';
import { CurrentPrincipal, NeedsScope, type Principal, Public } from '../../infra/http/principal.js';
import { statusOf } from '../../infra/http/problem.filter.js';
import { DomainError } from '../../kernel/domain-error.js';
import type { PlatformName } from '../../platforms/domain/platform-name.js';
import { PLATFORM_NAMES } from '../../platforms/domain/platform-name.js';
import { Idempotency, type IdempotencyCall, IdempotentCall } from '../../workspaces/index.js';
import { BeginConsent } from '../application/begin-consent.js';
import { type EndedConsent, FinishConsent, type FinishedConsent } from '../application/finish-consent.js';
import { Leaving, type LeavingBrowser, markOf } from './consent-browser.js';
import { connectedPage, refusedPage } from './consent-page.js';
import { type ConsentRefusal, leadBack } from './consent-return.js';
import { BeginConsentDto, BegunConsentDto, FinishedConsentDto } from './dto/consent.dto.js';
import { toAccountDto } from './dto/account.response.dto.js';

const PLATFORM = { name: 'platform', enum: PLATFORM_NAMES };

/** Connecting by consent: off to the platform's own page, and back. */
@Controller('v1/accounts/connect/:platform')
@ApiTags('Accounts')
@ApiParam(PLATFORM)
@ApiExtraModels(FinishedConsentDto)
export class AccountConsentsController {
  private readonly logger = new Logger('Consent');

  constructor(
    private readonly idempotency: Idempotency,
    private readonly beginning: BeginConsent,
    private readonly finishing: FinishConsent,
    private readonly config: AppConfig,
  ) {}

  @Post()
  @ApiOperation({ summary: "Connect an account by the platform's consent page" })
  @ApiBearerAuth()
  @NeedsScope('accounts:write')
  @ApiCreatedResponse({ type: BegunConsentDto })
  async begin(
    @CurrentPrincipal() principal: Principal,
    @Leaving() { platform, browserHash, mark }: LeavingBrowser,
    @IdempotentCall() call: IdempotencyCall,
    @Body() { options = {}, ...wish }: BeginConsentDto,
  ): Promise<BegunConsentDto> {
    const earlier = await this.idempotency.replayOf<BegunConsentDto>(principal, call);
    if (earlier) return earlier.body;
    const { workspaceId, actor } = principal;
    const begun = await this.beginning.ask({ ...wish, options, platform, workspaceId, actor }, this.config.publicUrl);
    return this.idempotency.run(principal, call, async (tx) => {
      const expiresAt = await this.beginning.keep(begun, browserHash, tx);
      mark(begun.state, expiresAt);
      return { url: begun.url, expiresAt: expiresAt.toISOString() };
    });
  }

  @Get('callback')
  @ApiOperation({ summary: 'Where the platform sends the browser back to' })
  @Public()
  @ApiQuery({ name: 'state', required: false, description: 'From the consent address; works once, for 10 minutes.' })
  @ApiQuery({ name: 'code', required: false })
  @ApiQuery({ name: 'error', required: false })
  @ApiOkResponse({
    description:
      'A page for the person; JSON for who asks for it. Whom the dashboard sent away is led back to it (303).',
    content: {
      'text/html': { schema: { type: 'string' } },
      'application/json': { schema: { $ref: getSchemaPath(FinishedConsentDto) } },
    },
  })
  async finish(
    @Param('platform') platform: PlatformName,
    @Query() query: Record<string, unknown>,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    response.setHeader('Cache-Control', 'no-store');
    const { finished, fault, backTo } = await this.end(platform, textsOf(query), request);
    if (request.accepts(['html', 'json']) === 'json') {
      if (!finished) throw fault;
      response.json(toDto(finished));
      return;
    }
    const refusal = finished ? undefined : this.refusalOf(fault);
    if (backTo !== undefined) leadBack(response, backTo, { platform, refusal, notices: finished?.notices ?? [] });
    else if (finished) response.type('html').send(connectedPage(finished));
    else if (refusal) response.status(refusal.status).type('html').send(refusedPage(refusal.text, refusal.code));
  }

  /** Who comes back with a mark but too late, or again, left from our dashboard all the same. */
  private async end(platform: PlatformName, query: Record<string, string>, request: Request): Promise<EndedConsent> {
    const cookieOf = markOf(request);
    try {
      return await this.finishing.execute({ platform, query, cookieOf });
    } catch (fault) {
      const isMarked = cookieOf(query['state'] ?? '') !== undefined;
      return { fault, ...(isMarked ? { backTo: `${this.config.publicUrl}${DASHBOARD}` } : {}) };
    }
  }

  private refusalOf(fault: unknown): ConsentRefusal {
    if (fault instanceof DomainError) return { status: statusOf(fault), code: fault.code, text: fault.message };
    this.logger.error({ err: fault }, 'A consent could not be finished');
    return { status: 500, code: 'internal', text: OUR_FAULT };
  }
}

/** The page of the dashboard where accounts are connected. */
const DASHBOARD = '/accounts';
const OUR_FAULT = 'Something failed on our side; nothing was stored. Start connecting again.';

const toDto = ({ accounts, notices }: FinishedConsent): FinishedConsentDto => ({
  accounts: accounts.map(toAccountDto),
  notices,
});

/** A parameter that comes twice is no parameter. */
const textsOf = (query: Record<string, unknown>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(query).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value] as const] : [])),
  );
