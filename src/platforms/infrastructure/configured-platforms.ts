import { DomainError } from '../../kernel/domain-error.js';
import type { PlatformName } from '../domain/platform-name.js';
import { type Platform, PlatformRegistry } from '../domain/platform.port.js';

/** The platforms of this installation. */
export class ConfiguredPlatforms extends PlatformRegistry {
  private readonly byName: ReadonlyMap<PlatformName, Platform>;

  constructor(platforms: readonly Platform[]) {
    super();
    this.byName = new Map(platforms.map((platform) => [platform.name, platform]));
  }

  get(name: PlatformName): Platform {
    const platform = this.byName.get(name);
    if (platform) return platform;
    const known = [...this.byName.keys()].join(', ');
    throw new DomainError('not_found', 'platform.unknown', `No platform of this name. Use one of: ${known}.`, { name });
  }

  all(): readonly Platform[] {
    return [...this.byName.values()];
  }
}
