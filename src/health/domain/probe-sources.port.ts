import type { PlatformName } from '../../platforms/domain/platform-name.js';
import type { ProbeAccount } from './probe-budget.js';

/** Whom to probe, and what was probed lately by any process. */
export abstract class ProbeSources {
  /** Active accounts of the platform with their last upload probe within `memoryMs`. */
  abstract accounts(platform: PlatformName, memoryMs: number): Promise<ProbeAccount[]>;
  /** When any process last looked at the platform without an account, within `memoryMs`. */
  abstract lastLook(platform: PlatformName, memoryMs: number): Promise<Date | undefined>;
}
