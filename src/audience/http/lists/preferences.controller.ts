import { Body, Controller, Get, Header, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiConsumes, ApiOkResponse, ApiOperation, ApiParam, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { Public } from '../../../infra/http/principal.js';
import { isTimeZone } from '../../../workspaces/domain/workspace.js';
import { ChoosePreferences } from '../../application/lists/choose-preferences.js';
import type { Visitor } from '../../domain/lists/consent.js';
import { isLanguage } from '../../domain/language.js';
import { type Acceptance, ACCEPTANCES } from '../../domain/lists/channels.js';
import { channelsOf } from '../../domain/lists/preferences.js';
import type { PreferenceRecord } from '../../domain/lists/preferences.port.js';
import { UNKNOWN_LINK } from './subscription-pages.js';
import { PAGE_POLICY } from './page.js';
import { CurrentVisitor } from './visitor.js';
import { textIn, textsIn } from './form-body.js';
import {
  BAD_LANGUAGE,
  BAD_ZONE,
  CHOSEN_FIELD,
  LEFT,
  NOT_CONFIRMED,
  preferencePage,
  SAVED,
} from './preference-pages.js';

const HTML = 'text/html; charset=utf-8';
const PAGE = { schema: { type: 'string' } } as const;

/** What each person gets, behind the link of their mails. Only the button changes anything: scanners read links. */
@Controller('preferences')
@ApiTags('Subscription')
export class PreferencesController {
  constructor(private readonly choose: ChoosePreferences) {}

  @Get(':token')
  @ApiOperation({ summary: 'Page with what a subscriber gets' })
  @Public()
  @Header('Content-Type', HTML)
  @Header('Content-Security-Policy', PAGE_POLICY)
  @Header('Cache-Control', 'no-store')
  @ApiProduces('text/html')
  @ApiParam({ name: 'token', type: String })
  @ApiOkResponse(PAGE)
  async show(@Param('token') token: string, @Res({ passthrough: true }) response: Response): Promise<string> {
    return pageOf(await this.choose.read(token), response);
  }

  @Post(':token')
  @ApiOperation({ summary: 'Choose what to get' })
  @HttpCode(200)
  @Public()
  @Header('Content-Type', HTML)
  @Header('Content-Security-Policy', PAGE_POLICY)
  @Header('Cache-Control', 'no-store')
  @ApiConsumes('application/x-www-form-urlencoded')
  @ApiProduces('text/html')
  @ApiParam({ name: 'token', type: String })
  @ApiOkResponse(PAGE)
  async save(
    @Param('token') token: string,
    @CurrentVisitor() visitor: Visitor,
    @Body() body: unknown,
    @Res({ passthrough: true }) response: Response,
  ): Promise<string> {
    if (textIn(body, CHOSEN_FIELD) === undefined) return pageOf(await this.choose.read(token), response);
    const [language, zone] = [textIn(body, 'language'), textIn(body, 'zone')];
    const fault = faultOf(language, zone);
    if (fault !== undefined) {
      response.status(400);
      return pageOf(await this.choose.read(token), response, fault);
    }
    const accepts = textsIn(body, 'accepts').filter((one): one is Acceptance =>
      ACCEPTANCES.includes(one as Acceptance),
    );
    const forgetsPhone = textIn(body, 'forgetPhone') !== undefined;
    return pageOf(
      await this.choose.execute(token, { accepts, language, zone, forgetsPhone }, visitor),
      response,
      SAVED,
    );
  }
}

const faultOf = (language: string | undefined, zone: string | undefined): string | undefined => {
  if (language !== undefined && !isLanguage(language)) return BAD_LANGUAGE;
  return zone !== undefined && !isTimeZone(zone) ? BAD_ZONE : undefined;
};

const pageOf = (record: PreferenceRecord | undefined, response: Response, said?: string): string => {
  if (!record) {
    response.status(404);
    return UNKNOWN_LINK;
  }
  if (channelsOf(record).length > 0) return preferencePage(record, said);
  return record.status === 'pending' ? NOT_CONFIRMED : LEFT;
};
