import { MINUTE_MS, SECOND_MS } from '../../kernel/durations.js';
import { FAULTS_END_MS } from './scenario.js';
import type { World } from './world.js';

/** A lock of a silent worker is free after this (server keepalives). */
const LOCK_LASTS_MS = 10 * SECOND_MS;
/** A worker measures its clock against the database's this often. */
const CLOCK_MEASURE_MS = 10 * SECOND_MS;

/** Spans in which the database is away, workers that stop and go on, and clocks that step. */
export const planFaults = (world: World): void => {
  const { dbCuts, freezes, clockSteps } = world.scenario.faults;
  const atRandom = () => world.random.int(0, FAULTS_END_MS - 30 * MINUTE_MS);
  for (let cut = 0; cut < dbCuts; cut += 1) world.queue.add(atRandom(), () => cutDatabase(world));
  for (let freeze = 0; freeze < freezes; freeze += 1) world.queue.add(busyMoment(world), () => freezeWorker(world));
  for (let step = 0; step < clockSteps; step += 1) world.queue.add(busyMoment(world), () => stepClock(world));
};

/** Shortly around a moment at which something is due: elsewhere nothing would meet it. */
const busyMoment = (world: World): number => {
  const { scheduledMs } = world.random.pick(world.scenario.origins);
  return Math.max(0, scheduledMs + world.random.int(-40, 20) * SECOND_MS + world.random.int(0, 999));
};

const cutDatabase = (world: World): void => {
  const forMs = world.random.int(1, 120) * SECOND_MS;
  world.log(`database away for ${forMs} ms`);
  world.databaseAwayUntilMs = world.nowMs + forMs;
};

const freezeWorker = (world: World): void => {
  const worker = world.anyWorker();
  if (!worker) return;
  const forMs = world.random.pick([2, 15, 60, 180, 900]) * SECOND_MS;
  world.log(`${worker.name} stops for ${forMs} ms`);
  worker.frozenUntilMs = world.nowMs + forMs;
  const { life } = worker;
  if (forMs > LOCK_LASTS_MS) world.after(LOCK_LASTS_MS, () => (life.isLost = true));
  // Its presence is noticed as broken a moment after it goes on.
  if (forMs > LOCK_LASTS_MS)
    world.after(forMs + world.random.int(0, 1_500), () => {
      if (worker.life === life) worker.life = world.newLife();
    });
};

const stepClock = (world: World): void => {
  const worker = world.anyWorker();
  if (!worker) return;
  worker.skewMs = world.random.int(-90, 90) * SECOND_MS;
  world.log(`${worker.name}'s clock is ${worker.skewMs} ms ahead`);
  world.after(world.random.int(0, CLOCK_MEASURE_MS), () => (worker.skewMs = world.random.int(-20, 20)));
};
