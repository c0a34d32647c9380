import type { SandboxAccount } from './sandbox-platform.js';
import type { World } from './world.js';

/** Delay of a `late` fault that names none, ms. */
const DEFAULT_LATE_MS = 60_000;

/** Extra time before an accepted post becomes visible, ms; 0 without a `late` fault. */
export const drawLatenessMs = (world: World, account: SandboxAccount): number => {
  const late = world.faults.draw(['late'], { platform: account.platform, account });
  return late ? (late.delayMs ?? DEFAULT_LATE_MS) : 0;
};

/** The platform's reason when a `fail` fault strikes this post, else undefined. */
export const drawFailure = (world: World, account: SandboxAccount, usual: string): string | undefined => {
  const fail = world.faults.draw(['fail'], { platform: account.platform, account });
  return fail ? String(fail.code ?? usual) : undefined;
};

/** Runs `done` after `durationMs`; a `stuck` fault holds it until that fault is removed, then the time counts anew. */
export const runProcessing = (world: World, account: SandboxAccount, durationMs: number, done: () => unknown): void => {
  const stuck = world.faults.draw(['stuck'], { platform: account.platform, account });
  const start = (): void => world.clock.after(durationMs, done);
  if (stuck) world.faults.whenEnded(stuck.id, start);
  else start();
};
