import { FaultBook } from '../faults/fault-book.js';
import { TruthFeed } from '../truth/truth-feed.js';
import { CallCounter } from './call-counter.js';
import { EventLog } from './event-log.js';
import { IdSource } from './id-source.js';
import { SandboxClock } from './sandbox-clock.js';
import type { Settings } from './settings.js';
import { DEFAULT_SETTINGS } from './settings.js';

/** What all imitated platforms share. Lives in memory: the sandbox is the outside world, restarts included. */
export interface World {
  readonly clock: SandboxClock;
  readonly ids: IdSource;
  readonly settings: Settings;
  readonly faults: FaultBook;
  readonly truth: TruthFeed;
  readonly events: EventLog;
  readonly calls: CallCounter;
}

/** @param seed of ids and tokens; same seed, same sequence */
export const createWorld = (seed: number): World => {
  const clock = new SandboxClock();
  const events = new EventLog();
  return {
    clock,
    events,
    ids: new IdSource(seed),
    settings: { ...DEFAULT_SETTINGS },
    faults: new FaultBook(() => clock.nowMs()),
    truth: new TruthFeed(clock, events),
    calls: new CallCounter(),
  };
};
