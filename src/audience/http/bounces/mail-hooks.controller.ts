import { applyDecorators, Controller, HttpCode, Post, type RawBodyRequest, Req } from '@nestjs/common';
import {
  ApiBody,
  ApiConflictResponse,
  ApiHeader,
  ApiOkResponse,
  ApiOperation,
  ApiProperty,
  ApiTags,
  ApiUnauthorizedResponse,
} from '@nestjs/swagger';
import type { Request } from 'express';
import { Public } from '../../../infra/http/principal.js';
import { ReceiveMailEvents } from '../../application/bounces/receive-mail-events.js';
import type { MailProvider } from '../../domain/bounces/mail-events.js';
import { plainHeadersOf, rawBodyOf } from './raw-body.js';

export class MailHookResponse {
  @ApiProperty({ description: 'Reports of mails of ours that were not known yet.' })
  recorded!: number;
}

const Hook = (path: string, provider: string, proof: string) =>
  applyDecorators(
    Post(path),
    HttpCode(200),
    Public(),
    ApiOperation({ summary: `Take bounces and complaints from ${provider}` }),
    ApiBody({ schema: { type: 'object', description: `As ${provider} documents it; unknown events are ignored.` } }),
    ApiOkResponse({ type: MailHookResponse }),
    ApiUnauthorizedResponse({ description: `\`mail_hook.bad_signature\` or \`mail_hook.stale\`: ${proof}` }),
    ApiConflictResponse({ description: '`mail_hook.replayed`: this very call was taken before.' }),
  );

/** Where mail providers tell what came back; what they say is proven by signature and taken once. */
@Controller('v1/hooks/mail')
@ApiTags('Hooks')
export class MailHooksController {
  constructor(private readonly receive: ReceiveMailEvents) {}

  @Hook('ses', 'Amazon SES', 'signed by SNS, at most an hour ago.')
  ses(@Req() request: RawBodyRequest<Request>): Promise<MailHookResponse> {
    return this.take('ses', request);
  }

  @Hook('sendgrid', 'SendGrid', 'signed with the key of the event webhook, at most 10 minutes ago.')
  @ApiHeader({ name: 'X-Twilio-Email-Event-Webhook-Signature', required: true })
  @ApiHeader({ name: 'X-Twilio-Email-Event-Webhook-Timestamp', required: true })
  sendgrid(@Req() request: RawBodyRequest<Request>): Promise<MailHookResponse> {
    return this.take('sendgrid', request);
  }

  @Hook('postmark', 'Postmark', 'user and password of the address.')
  @ApiHeader({ name: 'Authorization', description: '`Basic`, as configured', required: true })
  postmark(@Req() request: RawBodyRequest<Request>): Promise<MailHookResponse> {
    return this.take('postmark', request);
  }

  @Hook('mailgun', 'Mailgun', 'timestamp and token signed in the body, at most 10 minutes ago.')
  mailgun(@Req() request: RawBodyRequest<Request>): Promise<MailHookResponse> {
    return this.take('mailgun', request);
  }

  private async take(provider: MailProvider, request: RawBodyRequest<Request>): Promise<MailHookResponse> {
    const call = { rawBody: await rawBodyOf(request), headers: plainHeadersOf(request) };
    return { recorded: await this.receive.execute(provider, call) };
  }
}
