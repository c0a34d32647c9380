import { exitWith, onStage } from '../support/on-stage.ts';

/** Sets a stage, plays on it, clears it whatever happens; the exit code says whether the promise was kept. */
export const runBench = <Stage extends { stop(): Promise<void> }>(
  set: () => Promise<Stage>,
  play: (stage: Stage) => Promise<boolean>,
): void => exitWith(onStage(set, play).then((isKept) => (isKept ? 0 : 1)));
