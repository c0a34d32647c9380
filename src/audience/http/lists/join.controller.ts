import { Body, Controller, Get, Header, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiConsumes, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { statusOf } from '../../../infra/http/problem.filter.js';
import { Public } from '../../../infra/http/principal.js';
import { DomainError } from '../../../kernel/domain-error.js';
import { JoinByForm } from '../../application/lists/join-by-form.js';
import type { Stranger } from '../../application/lists/sign-up-gate.js';
import { textIn } from './form-body.js';
import { joined, joinPage, NO_FORM, TRAP_FIELD } from './join-pages.js';
import { PAGE_POLICY } from './page.js';
import { CurrentStranger } from './stranger.js';

const HTML = 'text/html; charset=utf-8';
const PAGE = { schema: { type: 'string' } } as const;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** The sign-up page of a workspace, on our own address: it works while the platforms do not. */
@Controller('join')
@ApiTags('Subscription')
export class JoinController {
  constructor(private readonly join: JoinByForm) {}

  @Get(':formId')
  @ApiOperation({ summary: 'Sign-up page of a workspace' })
  @Public()
  @Header('Content-Type', HTML)
  @Header('Content-Security-Policy', PAGE_POLICY)
  @ApiProduces('text/html')
  @ApiOkResponse(PAGE)
  async show(@Param('formId') formId: string, @Res({ passthrough: true }) response: Response): Promise<string> {
    const form = UUID.test(formId) ? await this.join.form(formId).catch(orNone) : undefined;
    if (form) return joinPage(form);
    response.status(404);
    return NO_FORM;
  }

  @Post(':formId')
  @ApiOperation({ summary: 'Sign up by a page or an embedded form; a confirmation is mailed' })
  @HttpCode(200)
  @Public()
  @Header('Content-Type', HTML)
  @Header('Content-Security-Policy', PAGE_POLICY)
  @Header('Cache-Control', 'no-store')
  @ApiConsumes('application/x-www-form-urlencoded')
  @ApiProduces('text/html')
  @ApiOkResponse({ ...PAGE, description: 'The same page whatever we know of the address.' })
  async send(
    @Param('formId') formId: string,
    @CurrentStranger() stranger: Stranger,
    @Body() body: unknown,
    @Res({ passthrough: true }) response: Response,
  ): Promise<string> {
    const form = UUID.test(formId) ? await this.join.form(formId).catch(orNone) : undefined;
    if (!form) {
      response.status(404);
      return NO_FORM;
    }
    try {
      await this.join.execute(formId, requestIn(body), stranger);
      return joined(form);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      response.status(statusOf(error));
      return joinPage(form, error.message);
    }
  }
}

const requestIn = (body: unknown) => ({
  email: textIn(body, 'email') ?? '',
  phone: textIn(body, 'phone'),
  agreesToSms: textIn(body, 'sms') !== undefined,
  isTrapped: textIn(body, TRAP_FIELD) !== undefined,
});

const orNone = (error: unknown): undefined => {
  if (error instanceof DomainError && error.kind === 'not_found') return undefined;
  throw error;
};
