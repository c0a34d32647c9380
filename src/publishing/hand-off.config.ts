import type { Provider } from '@nestjs/common';
import { AppConfig } from '../infra/config/app-config.js';
import { SecretBox } from '../infra/crypto/secret-box.js';
import { MailTransport } from '../infra/mail/mail-transport.js';
import { ProviderObservations } from '../infra/providers/provider-observations.js';
import { ExpireHandOffs } from './application/hand-off/expire-hand-offs.js';
import { HandOffClock } from './application/hand-off/hand-off-clock.js';
import { HandOffLinks } from './application/hand-off/hand-off-links.js';
import { HandOffVideo } from './application/hand-off/hand-off-video.js';
import { NotifyHandOffs } from './application/hand-off/notify-hand-offs.js';
import { OpenHandOff } from './application/hand-off/open-hand-off.js';
import { SettleHandOff } from './application/hand-off/settle-hand-off.js';
import { HandOffMailer } from './domain/hand-off/hand-off-mailer.port.js';
import { HandOffTokens } from './domain/hand-off/hand-off-token.js';
import { HandOffs } from './domain/hand-off/hand-offs.port.js';
import { HandOffSettings } from './hand-off-settings.js';
import { HandOffsRepository } from './infrastructure/hand-off/hand-offs.repository.js';
import { SmtpHandOffMailer } from './infrastructure/hand-off/smtp-hand-off-mailer.js';
import { HandOffsJob } from './jobs/hand-off/hand-offs.job.js';

/** Everything that targets posted by hand need. */
export const handOffProviders: Provider[] = [
  { provide: HandOffs, useClass: HandOffsRepository },
  {
    provide: HandOffSettings,
    inject: [AppConfig],
    useFactory: (config: AppConfig) => {
      const { MAIL_FROM, HANDOFF_EXPIRE_SECONDS, TIME_SCALE } = config.env;
      return new HandOffSettings(() => config.publicUrl, MAIL_FROM, HANDOFF_EXPIRE_SECONDS, TIME_SCALE);
    },
  },
  {
    provide: HandOffTokens,
    inject: [SecretBox],
    useFactory: (box: SecretBox) => new HandOffTokens(box.derivedKey('handoff')),
  },
  {
    provide: MailTransport,
    inject: [AppConfig, ProviderObservations],
    useFactory: ({ env }: AppConfig, observations: ProviderObservations) =>
      new MailTransport(env.SMTP_URL, undefined, observations),
  },
  { provide: HandOffMailer, useClass: SmtpHandOffMailer },
  ExpireHandOffs,
  HandOffClock,
  HandOffLinks,
  HandOffVideo,
  HandOffsJob,
  NotifyHandOffs,
  OpenHandOff,
  SettleHandOff,
];
