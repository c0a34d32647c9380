import type { INestApplicationContext } from '@nestjs/common';
import type { LifePlan } from '../plan.ts';
import { builtTokens } from './built.ts';
import { say } from './say.ts';

/**
 * This machine's clock jumps by `stepMs` (0: back to right) at each instant, as when a server's time is set by hand.
 * The clock port goes on with the distance it measured last, so it is wrong until it measures again.
 */
export const stepClock = async (nest: INestApplicationContext, steps: LifePlan['clock']): Promise<void> => {
  const { DatabaseClock } = await builtTokens();
  const clock = nest.get(DatabaseClock, { strict: false });
  const [now, measure] = [clock.now.bind(clock), clock.measure.bind(clock)];
  let skewMs = 0;
  let measuredMs = 0;
  clock.now = () => new Date(now().getTime() + skewMs - measuredMs);
  clock.measure = async () => {
    await measure();
    measuredMs = skewMs;
  };
  for (const { atMs, stepMs } of steps)
    setTimeout(() => {
      skewMs = stepMs;
      say({ clock: stepMs });
    }, atMs).unref();
};
