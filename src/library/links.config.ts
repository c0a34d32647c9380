import { AppConfig } from '../infra/config/app-config.js';
import { SecretBox } from '../infra/crypto/secret-box.js';
import { LinkDesk } from './application/links/link-desk.js';
import { LinkSettingsStore, Shortener, ShortLinks } from './domain/links/links.port.js';
import { LinksController } from './http/links/links.controller.js';
import { ShortLinksController } from './http/links/short-links.controller.js';
import { LinkSettingsRepository } from './infrastructure/links/link-settings.repository.js';
import { OwnShortener, ShortenerSettings, ShortLinksRepository } from './infrastructure/links/own-shortener.js';

/** What becomes of links in captions. */
export const LINK_PROVIDERS = [
  {
    provide: ShortenerSettings,
    inject: [SecretBox, AppConfig],
    useFactory: (box: SecretBox, { env }: AppConfig) => new ShortenerSettings(box.derivedKey('links'), env.PUBLIC_URL),
  },
  { provide: LinkSettingsStore, useClass: LinkSettingsRepository },
  { provide: Shortener, useClass: OwnShortener },
  { provide: ShortLinks, useClass: ShortLinksRepository },
  LinkDesk,
];

export const LINK_CONTROLLERS = [LinksController, ShortLinksController];
