import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query, Res } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiHeader,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { Response } from 'express';
import { assertVersion, etagOf, expectedVersion } from '../../../infra/http/etag.js';
import { PageQuery, readPage } from '../../../infra/http/page.js';
import { CurrentPrincipal, NeedsScope, type Principal } from '../../../infra/http/principal.js';
import { UuidPipe } from '../../../infra/http/uuid.pipe.js';
import { UnitOfWork } from '../../../kernel/transaction.js';
import { Idempotency, IdempotentCall, type IdempotencyCall } from '../../../workspaces/index.js';
import { EditSignUpForms } from '../../application/lists/edit-sign-up-forms.js';
import { MailSettings } from '../../domain/sending/mail-settings.js';
import type { SignUpForm } from '../../domain/lists/sign-up-form.js';
import { SignUpForms } from '../../domain/lists/sign-up-forms.port.js';
import { embeddedForm } from './join-pages.js';
import {
  ChangeSignUpFormDto,
  CreateSignUpFormDto,
  EmbeddedFormDto,
  SignUpFormDto,
  SignUpFormPageDto,
  toFormChange,
  toFormContent,
  toSignUpFormDto,
} from './sign-up-form.dto.js';

@Controller('v1/sign-up-forms')
@ApiTags('Audience')
@ApiBearerAuth()
export class SignUpFormsController {
  constructor(
    private readonly edit: EditSignUpForms,
    private readonly forms: SignUpForms,
    private readonly settings: MailSettings,
    private readonly unitOfWork: UnitOfWork,
    private readonly idempotency: Idempotency,
  ) {}

  @Post()
  @ApiOperation({ summary: 'Make a sign-up page' })
  @NeedsScope('audience:write')
  @ApiCreatedResponse({ type: SignUpFormDto })
  create(
    @CurrentPrincipal() principal: Principal,
    @IdempotentCall() call: IdempotencyCall,
    @Body() body: CreateSignUpFormDto,
  ): Promise<SignUpFormDto> {
    return this.idempotency.run<SignUpFormDto>(principal, call, async (tx) =>
      this.shown(await this.edit.create(principal, toFormContent(body), tx)),
    );
  }

  @Get()
  @ApiOperation({ summary: 'List sign-up pages' })
  @NeedsScope('audience:read')
  @ApiOkResponse({ type: SignUpFormPageDto })
  async list(@CurrentPrincipal() { workspaceId }: Principal, @Query() query: PageQuery): Promise<SignUpFormPageDto> {
    return readPage(
      query,
      (place) => this.forms.list(workspaceId, place),
      (form) => this.shown(form),
    );
  }

  @Get(':id')
  @ApiOperation({ summary: 'Read a sign-up page' })
  @NeedsScope('audience:read')
  @ApiOkResponse({ type: SignUpFormDto })
  async get(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Param('id', UuidPipe) id: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SignUpFormDto> {
    const form = await this.forms.get(workspaceId, id);
    response.setHeader('ETag', etagOf(form.version));
    return this.shown(form);
  }

  @Get(':id/embed')
  @ApiOperation({ summary: 'The form as HTML for your own pages' })
  @NeedsScope('audience:read')
  @ApiOkResponse({ type: EmbeddedFormDto })
  async embed(
    @CurrentPrincipal() { workspaceId }: Principal,
    @Param('id', UuidPipe) id: string,
  ): Promise<EmbeddedFormDto> {
    const form = await this.forms.get(workspaceId, id);
    return { html: embeddedForm(form, this.urlOf(form)) };
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Change a sign-up page; who joined agreed to the words of then' })
  @NeedsScope('audience:write')
  @ApiHeader({ name: 'If-Match', required: false })
  @ApiOkResponse({ type: SignUpFormDto })
  async change(
    @CurrentPrincipal() principal: Principal,
    @Param('id', UuidPipe) id: string,
    @Body() body: ChangeSignUpFormDto,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SignUpFormDto> {
    const expected = expectedVersion(response.req.get('if-match'));
    const current = ({ version }: SignUpForm) => assertVersion('sign_up_form', expected, version);
    const saved = await this.unitOfWork.run((tx) =>
      this.edit.change({ ...principal, id }, toFormChange(body), current, tx),
    );
    response.setHeader('ETag', etagOf(saved.version));
    return this.shown(saved);
  }

  @Delete(':id')
  @ApiOperation({ summary: 'Take a sign-up page away; who joined stays' })
  @HttpCode(204)
  @NeedsScope('audience:write')
  @ApiNoContentResponse()
  delete(@CurrentPrincipal() principal: Principal, @Param('id', UuidPipe) id: string): Promise<void> {
    return this.unitOfWork.run((tx) => this.edit.delete({ ...principal, id }, tx));
  }

  private shown(form: SignUpForm): SignUpFormDto {
    return toSignUpFormDto(form, this.urlOf(form));
  }

  private urlOf({ id }: SignUpForm): string {
    return `${this.settings.identity.publicUrl}/join/${id}`;
  }
}
