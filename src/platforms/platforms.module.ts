import { type DynamicModule, Inject, Injectable, Module, type OnApplicationShutdown } from '@nestjs/common';
import type { FetchPolicy } from '../infra/fetch/public-address.js';
import { Clock } from '../kernel/clock.port.js';
import { DiscordAdapter } from './adapters/discord/discord.adapter.js';
import { ReelsAdapter } from './adapters/reels/reels.adapter.js';
import { ShortsAdapter } from './adapters/shorts/shorts.adapter.js';
import { SKYLIGHT_CONFIG, SkylightClientController } from './adapters/skylight/skylight-client.controller.js';
import { SkylightAdapter } from './adapters/skylight/skylight.adapter.js';
import { TelegramAdapter } from './adapters/telegram/telegram.adapter.js';
import { TikTokAdapter } from './adapters/tiktok/tiktok.adapter.js';
import { UpScrolledAdapter } from './adapters/upscrolled/upscrolled.adapter.js';
import { PlatformRegistry } from './domain/platform.port.js';
import { ConfiguredPlatforms } from './infrastructure/configured-platforms.js';
import { OfferHandOff } from './infrastructure/offer-hand-off.js';
import { PlatformHttp } from './infrastructure/platform-http.js';
import { UnknownCodes } from './infrastructure/unknown-codes.js';
import type { PlatformsConfig } from './platforms.config.js';

/** One line per platform; each also takes hand-off accounts. */
export const createPlatforms = (config: PlatformsConfig, http: PlatformHttp, clock: Clock): PlatformRegistry => {
  const codes = new UnknownCodes();
  const platforms = [
    new TikTokAdapter(config.tiktok, http, clock, codes),
    new ReelsAdapter(config.reels, http, clock, codes),
    new ShortsAdapter(config.shorts, http, clock, codes),
    new SkylightAdapter(config.skylight, http, clock, codes),
    new DiscordAdapter(config.discord, http, clock, codes),
    new TelegramAdapter(config.telegram, http, clock, codes),
    new UpScrolledAdapter(),
  ];
  return new ConfiguredPlatforms(platforms.map((platform) => new OfferHandOff(platform)));
};

@Injectable()
class CloseConnections implements OnApplicationShutdown {
  constructor(@Inject(PlatformHttp) private readonly http: PlatformHttp) {}

  onApplicationShutdown(): Promise<void> {
    return this.http.close();
  }
}

/** The outside world: one adapter per platform behind one port. Needs `Clock` from a global module. */
@Module({})
export class PlatformsModule {
  /** @param policy what user-given addresses may reach besides public ones */
  static forRoot(config: PlatformsConfig, policy: FetchPolicy = { allow: [] }): DynamicModule {
    return {
      module: PlatformsModule,
      global: true,
      controllers: [SkylightClientController],
      providers: [
        { provide: SKYLIGHT_CONFIG, useValue: config.skylight },
        { provide: PlatformHttp, useFactory: () => new PlatformHttp({}, policy) },
        {
          provide: PlatformRegistry,
          inject: [PlatformHttp, Clock],
          useFactory: (http: PlatformHttp, clock: Clock) => createPlatforms(config, http, clock),
        },
        CloseConnections,
      ],
      exports: [PlatformRegistry],
    };
  }
}
