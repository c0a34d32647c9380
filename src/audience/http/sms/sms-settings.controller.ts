import { Body, Controller, Get, Headers, Put, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { assertVersion, etagOf, expectedVersion } from '../../../infra/http/etag.js';
import { CurrentPrincipal, NeedsScope, type Principal } from '../../../infra/http/principal.js';
import { notFound } from '../../../kernel/domain-error.js';
import { UnitOfWork } from '../../../kernel/transaction.js';
import { SmsDesk } from '../../application/sms/sms-desk.js';
import { MailSettings } from '../../domain/sending/mail-settings.js';
import { SmsGateway } from '../../domain/sms/sms-gateway.port.js';
import { SmsLedger } from '../../domain/sms/sms-ledger.port.js';
import type { SmsSettings } from '../../domain/sms/sms-settings.js';
import { SmsSettingsStore } from '../../domain/sms/sms-settings.port.js';
import { INBOUND_PATH } from './sms-hooks.paths.js';
import { SmsSettingsDto, SmsSettingsResponse, toSettingsInput, toSmsSettings } from './sms-settings.dto.js';

const IF_MATCH = { name: 'If-Match', required: false, description: 'The ETag you last saw; refused when it is old.' };

/** How this workspace texts: sender, countries with their prices, caps and hours. */
@Controller('v1/sms-settings')
@ApiTags('Audience')
@ApiBearerAuth()
export class SmsSettingsController {
  constructor(
    private readonly settings: SmsSettingsStore,
    private readonly desk: SmsDesk,
    private readonly ledger: SmsLedger,
    private readonly gateway: SmsGateway,
    private readonly mail: MailSettings,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Read how texts are sent' })
  @NeedsScope('audience:read')
  @ApiOkResponse({ type: SmsSettingsResponse })
  async get(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SmsSettingsResponse> {
    const settings = await this.settings.of(workspaceId);
    if (!settings) throw notFound('sms_settings', 'of this workspace');
    return this.answer(settings, response);
  }

  @Put()
  @ApiOperation({ summary: 'Set how texts are sent' })
  @NeedsScope('audience:write')
  @ApiHeader(IF_MATCH)
  @ApiOkResponse({ type: SmsSettingsResponse })
  async replace(
    @CurrentPrincipal() { workspaceId, actor }: Principal,
    @Headers('if-match') ifMatch: string | undefined,
    @Body() body: SmsSettingsDto,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SmsSettingsResponse> {
    const expected = expectedVersion(ifMatch);
    const assertFresh = (version: number) => assertVersion('sms_settings', expected, version);
    const saved = await this.unitOfWork.run((tx) =>
      this.desk.replace({ workspaceId, actor }, toSettingsInput(body), assertFresh, tx),
    );
    return this.answer(saved, response);
  }

  private async answer(settings: SmsSettings, response: Response): Promise<SmsSettingsResponse> {
    response.setHeader('ETag', etagOf(settings.version));
    return toSmsSettings(settings, {
      spentTodayMicros: await this.ledger.spentToday(settings.workspaceId),
      hasProvider: this.gateway.isConfigured,
      inboundUrl: `${this.mail.identity.publicUrl}/${INBOUND_PATH}`,
    });
  }
}
