import type { PlatformName } from '../../platforms/domain/platform-name.js';

/** A span of bad health of one platform in one region. */
export interface Incident {
  readonly id: string;
  readonly platform: PlatformName;
  readonly region: string;
  readonly openedAt: Date;
  readonly closedAt?: Date;
  readonly worstState: 'degraded' | 'down';
  /** The sentence of what made it worst. */
  readonly reason: string;
}
