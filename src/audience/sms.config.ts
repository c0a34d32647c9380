import type { Provider, Type } from '@nestjs/common';
import { AppConfig } from '../infra/config/app-config.js';
import { PlatformHttp } from '../platforms/index.js';
import { AskPhones } from './application/sms/ask-phones.js';
import { FreezeSms } from './application/sms/freeze-sms.js';
import { HearPhones } from './application/sms/hear-phones.js';
import { PreviewSms } from './application/sms/preview-sms.js';
import { SendSms } from './application/sms/send-sms.js';
import { SmsComposer } from './application/sms/sms-composer.js';
import { SmsDesk } from './application/sms/sms-desk.js';
import { SmsHours } from './application/sms/sms-hours.js';
import { SmsQuestions } from './application/sms/sms-questions.js';
import { SmsReaders } from './application/sms/sms-readers.js';
import { SmsReplies } from './application/sms/sms-replies.js';
import { BroadcastChannels } from './domain/notices/broadcast-channels.port.js';
import { SmsAudience } from './domain/sms/sms-audience.port.js';
import { SmsGateway } from './domain/sms/sms-gateway.port.js';
import { SmsLedger } from './domain/sms/sms-ledger.port.js';
import { SmsSettingsStore } from './domain/sms/sms-settings.port.js';
import { SmsWords } from './domain/sms/sms-words.port.js';
import { BroadcastSmsController } from './http/sms/broadcast-sms.controller.js';
import { SmsHooksController } from './http/sms/sms-hooks.controller.js';
import { SmsSettingsController } from './http/sms/sms-settings.controller.js';
import { SmsAudienceRepository } from './infrastructure/sms/sms-audience.repository.js';
import { SmsLedgerRepository } from './infrastructure/sms/sms-ledger.repository.js';
import { SmsSettingsRepository } from './infrastructure/sms/sms-settings.repository.js';
import { SmsWordsRepository } from './infrastructure/sms/sms-words.repository.js';
import { TwilioGateway } from './infrastructure/sms/twilio-gateway.js';
import { SmsJob } from './jobs/sms/sms.job.js';
import { SmsSecrets } from './sms-secrets.js';

const gatewayOf = ({ env }: AppConfig): TwilioGateway =>
  new TwilioGateway(new PlatformHttp(), {
    apiUrl: env.TWILIO_API_URL,
    accountSid: env.TWILIO_ACCOUNT_SID,
    authToken: env.TWILIO_AUTH_TOKEN,
  });

export const smsProviders: Provider[] = [
  { provide: SmsGateway, inject: [AppConfig], useFactory: gatewayOf },
  {
    provide: SmsSecrets,
    inject: [AppConfig],
    useFactory: ({ env }: AppConfig) => new SmsSecrets(env.TWILIO_AUTH_TOKEN),
  },
  { provide: SmsSettingsStore, useClass: SmsSettingsRepository },
  { provide: SmsLedger, useClass: SmsLedgerRepository },
  { provide: SmsAudience, useClass: SmsAudienceRepository },
  { provide: SmsWords, useClass: SmsWordsRepository },
  { provide: BroadcastChannels, useClass: FreezeSms },
  SmsReaders,
  SmsComposer,
  SmsReplies,
  SmsQuestions,
  SmsHours,
  SmsDesk,
  PreviewSms,
  AskPhones,
  HearPhones,
  SendSms,
  SmsJob,
];

export const smsControllers: Type[] = [SmsSettingsController, BroadcastSmsController, SmsHooksController];
