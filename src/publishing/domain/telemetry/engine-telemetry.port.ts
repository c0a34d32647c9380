import type { PlatformName } from '../../../platforms/domain/platform-name.js';
import type { AttemptState } from '../targets/target-state.js';

/** What operators watch of the engine; counting changes nothing. */
export abstract class EngineTelemetry {
  /** Intents that are durable now, each by how late: acknowledged commit minus the due instant, ms. */
  abstract fired(latenessMs: readonly number[]): void;
  /** An attempt that ended, or came nearer to its end, on a platform. */
  abstract settled(platform: PlatformName, state: AttemptState): void;
}
