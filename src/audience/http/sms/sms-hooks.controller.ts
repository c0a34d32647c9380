import { Body, Controller, Header, Headers, HttpCode, Param, Post, Req } from '@nestjs/common';
import { ApiConsumes, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import { Public } from '../../../infra/http/principal.js';
import { UuidPipe } from '../../../infra/http/uuid.pipe.js';
import { DomainError } from '../../../kernel/domain-error.js';
import { escapeHtml } from '../../../kernel/escape-html.js';
import { HearPhones } from '../../application/sms/hear-phones.js';
import { MailSettings } from '../../domain/sending/mail-settings.js';
import { isSignedByTwilio } from '../../domain/sms/webhook-signature.js';
import { SmsSecrets } from '../../sms-secrets.js';
import { HOOKS_PATH } from './sms-hooks.paths.js';

const FORM = 'application/x-www-form-urlencoded';
const TWIML = 'text/xml; charset=utf-8';

/** Forms that the SMS provider posts, each proved by its signature before anything is looked up. */
@Controller(HOOKS_PATH)
@ApiTags('Webhooks of providers')
export class SmsHooksController {
  constructor(
    private readonly phones: HearPhones,
    private readonly mail: MailSettings,
    private readonly secrets: SmsSecrets,
  ) {}

  @Post('inbound')
  @ApiOperation({ summary: 'A message from a phone (Twilio form)' })
  @HttpCode(200)
  @Public()
  @Header('Content-Type', TWIML)
  @ApiConsumes(FORM)
  @ApiProduces('text/xml')
  @ApiOkResponse({ schema: { type: 'string' }, description: 'TwiML: what to answer, if anything.' })
  async inbound(
    @Headers('x-twilio-signature') signature: string | undefined,
    @Body() body: unknown,
    @Req() request: Request,
  ): Promise<string> {
    const form = this.proved(request, body, signature);
    const { MessageSid: messageId, From: from, To: to, Body: text = '' } = form;
    if (!messageId || !from || !to) throw incomplete('MessageSid, From and To');
    const service = form['MessagingServiceSid'];
    const reply = await this.phones.hear({
      messageId,
      from,
      to: service ? [to, service] : [to],
      text,
      isAnswered: form['OptOutType'] !== undefined,
    });
    return twiml(reply);
  }

  @Post('receipts/:messageId')
  @ApiOperation({ summary: 'What became of a text (Twilio form)' })
  @HttpCode(204)
  @Public()
  @ApiConsumes(FORM)
  async receipt(
    @Param('messageId', UuidPipe) id: string,
    @Headers('x-twilio-signature') signature: string | undefined,
    @Body() body: unknown,
    @Req() request: Request,
  ): Promise<void> {
    const { MessageSid: providerId, MessageStatus: status, ErrorCode: code } = this.proved(request, body, signature);
    if (!providerId || !status) throw incomplete('MessageSid and MessageStatus');
    await this.phones.receipt(id, { providerId, status, code });
  }

  /** The address is the one we gave out, whatever a proxy made of it. */
  private proved(request: Request, body: unknown, signature: string | undefined): Readonly<Record<string, string>> {
    const fields = fieldsOf(body);
    const url = `${this.mail.identity.publicUrl}${request.originalUrl}`;
    if (!isSignedByTwilio(this.secrets.authToken, signature, url, fields)) throw badSignature();
    return fields;
  }
}

const fieldsOf = (body: unknown): Record<string, string> => {
  const entries = Object.entries((body ?? {}) as Record<string, unknown>);
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
};

const badSignature = () =>
  new DomainError('forbidden', 'sms.bad_signature', 'X-Twilio-Signature does not fit this form and address.');

const incomplete = (names: string) => new DomainError('invalid', 'sms.incomplete_form', `The form lacks ${names}.`);

const twiml = (reply: string | undefined): string => {
  const message = reply === undefined ? '' : `<Message>${escapeHtml(reply)}</Message>`;
  return `<?xml version="1.0" encoding="UTF-8"?><Response>${message}</Response>`;
};
