import type { ArmedRef } from '../../publishing/domain/targets/target-record.js';
import type { MemoryTarget } from '../domain/memory-tables.js';
import type { TruthPost } from './platform-model.js';

/** Who is told what happens, at the moment it does. */
export interface Observer {
  /** After every event that may have changed rows. */
  afterEvent(): void;
  /** A commit reaches its platform. */
  onCommit(armed: ArmedRef, sent: MemoryTarget): void;
  onAccepted(post: TruthPost): void;
  /** A cancel was acknowledged. */
  onCancelled(targetId: string): void;
  onTick(): void;
}

/** Nobody looks. */
export const NOBODY: Observer = {
  afterEvent: () => undefined,
  onCommit: () => undefined,
  onAccepted: () => undefined,
  onCancelled: () => undefined,
  onTick: () => undefined,
};
