import { Body, Controller, HttpCode, Post, Req, Res } from '@nestjs/common';
import {
  ApiCookieAuth,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { NeedsSession } from '../../../infra/http/principal.js';
import { EnrolTotp } from '../../application/members/enrol-totp.js';
import type { SignedIn } from '../../application/members/session-desk.js';
import { TotpDesk } from '../../application/members/totp-desk.js';
import { CurrentSession } from './current-session.decorator.js';
import { BeginTotpDto, BothFactorsDto, ConfirmTotpDto, EnrolmentDto, RecoveryCodesDto } from './dto/totp.dto.js';
import { SessionCookies } from './session-cookies.js';

/** The second factor of who is signed in. No `Idempotency-Key`: secrets are shown once and kept nowhere. */
@Controller('v1/session/totp')
@ApiTags('Sessions')
@ApiCookieAuth()
@NeedsSession()
export class TotpController {
  constructor(
    private readonly enrol: EnrolTotp,
    private readonly desk: TotpDesk,
    private readonly cookies: SessionCookies,
  ) {}

  @Post()
  @ApiOperation({ summary: 'Get the secret for an authenticator app; nothing changes until a code confirms it' })
  @ApiCreatedResponse({ type: EnrolmentDto })
  async begin(
    @CurrentSession() by: SignedIn,
    @Body() { password }: BeginTotpDto,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<EnrolmentDto> {
    noStore(response);
    const { address } = this.cookies.placeOf(request);
    const { secret, otpauthUrl } = await this.enrol.begin(by, { password, address });
    return { secret, otpauthUrl };
  }

  @Post('confirm')
  @ApiOperation({ summary: 'Turn the second factor on by a first code; your other sessions end' })
  @HttpCode(200)
  @ApiOkResponse({ type: RecoveryCodesDto })
  async confirm(
    @CurrentSession() by: SignedIn,
    @Body() { code }: ConfirmTotpDto,
    @Res({ passthrough: true }) response: Response,
  ): Promise<RecoveryCodesDto> {
    noStore(response);
    return { recoveryCodes: await this.enrol.confirm(by, code) };
  }

  @Post('recovery-codes')
  @ApiOperation({ summary: 'Get ten new recovery codes; the old ones are dead' })
  @HttpCode(200)
  @ApiOkResponse({ type: RecoveryCodesDto })
  async renewCodes(
    @CurrentSession() by: SignedIn,
    @Body() { password, code }: BothFactorsDto,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<RecoveryCodesDto> {
    noStore(response);
    const { address } = this.cookies.placeOf(request);
    return { recoveryCodes: await this.desk.renewCodes(by, { password, code, address }) };
  }

  @Post('disable')
  @ApiOperation({ summary: 'Turn the second factor off, by password and code' })
  @HttpCode(204)
  @ApiNoContentResponse({ description: 'The password alone signs in.' })
  disable(
    @CurrentSession() by: SignedIn,
    @Body() { password, code }: BothFactorsDto,
    @Req() request: Request,
  ): Promise<void> {
    const { address } = this.cookies.placeOf(request);
    return this.desk.turnOff(by, { password, code, address });
  }
}

const noStore = (response: Response): void => void response.setHeader('Cache-Control', 'no-store');
