import type { Provider, Type } from '@nestjs/common';
import { AppConfig } from '../infra/config/app-config.js';
import { PlatformHttp } from '../platforms/index.js';
import { HandToNewsletter } from './application/newsletters/hand-to-newsletter.js';
import { NewsletterDesk } from './application/newsletters/newsletter-desk.js';
import { NewsletterProgram } from './domain/newsletters/newsletter-program.port.js';
import { Newsletters } from './domain/newsletters/newsletters.port.js';
import { NewsletterController } from './http/newsletters/newsletter.controller.js';
import { ListmonkProgram } from './infrastructure/newsletters/listmonk-program.js';
import { NewslettersRepository } from './infrastructure/newsletters/newsletters.repository.js';
import { NewsletterDoor } from './newsletter-door.js';

export const newsletterProviders: Provider[] = [
  {
    provide: NewsletterDoor,
    inject: [AppConfig],
    useFactory: ({ env }: AppConfig) => new NewsletterDoor({ allow: env.FETCH_ALLOW }),
  },
  {
    provide: NewsletterProgram,
    inject: [NewsletterDoor],
    useFactory: ({ policy }: NewsletterDoor) => new ListmonkProgram(new PlatformHttp({}, policy)),
  },
  { provide: Newsletters, useClass: NewslettersRepository },
  NewsletterDesk,
  HandToNewsletter,
];

export const newsletterControllers: Type[] = [NewsletterController];
