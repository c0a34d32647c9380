import { Injectable } from '@nestjs/common';
import type { PlatformName } from '../../../platforms/domain/platform-name.js';
import { PlatformRegistry } from '../../../platforms/index.js';
import type { Wording } from '../../domain/notifications/message.js';
import { NotificationSettings } from '../../notification-settings.js';

/** What messages need to know of the world to be written. */
@Injectable()
export class Wordings {
  private readonly names: ReadonlyMap<PlatformName, string>;

  constructor(
    platforms: PlatformRegistry,
    private readonly settings: NotificationSettings,
  ) {
    this.names = new Map(platforms.all().map((platform) => [platform.name, platform.capabilities().displayName]));
  }

  /** @param zone in which times are told */
  in(zone: string): Wording {
    const nameOf = (platform: string) => this.names.get(platform as PlatformName) ?? platform;
    return { nameOf, zone, publicUrl: this.settings.publicUrl };
  }
}
