import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import type { AppConfig } from '../../src/infra/config/app-config.js';
import { createDataSource } from '../../src/infra/database/data-source.js';
import { Ticks } from '../../src/infra/jobs/ticks.js';
import { createDatabaseUrl } from '../support/postgres.js';

const TICKS = 12;

describe('ticks that run once in the cluster', () => {
  let url: string;
  let drop: () => Promise<void>;
  const sources: DataSource[] = [];

  beforeAll(async () => {
    ({ url, drop } = await createDatabaseUrl());
  });
  afterAll(async () => {
    for (const source of sources) await source.destroy();
    await drop();
  });

  const start = async (work: (source: DataSource, name: string) => Promise<unknown>): Promise<Ticks> => {
    const source = await createDataSource(url, 4).initialize();
    sources.push(source);
    const ticks = new Ticks({ publishes: true } as AppConfig, source);
    for (let n = 0; n < TICKS; n += 1) ticks.everyInCluster(`tick-${n}`, 60_000, () => work(source, `tick-${n}`));
    ticks.onApplicationBootstrap();
    return ticks;
  };

  it('do not starve each other of connections, however many they are', async () => {
    const done: string[] = [];
    let finish: () => void = () => undefined;
    const finished = new Promise<void>((resolve) => (finish = resolve));
    const ticks = await start(async (source, name) => {
      await source.query('select pg_sleep(0.01)');
      if (done.push(name) === TICKS) finish();
    });
    await finished;
    expect(new Set(done).size).toBe(TICKS);
    await ticks.beforeApplicationShutdown();
  });

  it('run in one process at a time, and in another once the first has stopped', async () => {
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    let begun: () => void = () => undefined;
    const all = new Promise<void>((resolve) => (begun = resolve));
    let count = 0;
    const first = await start(async () => {
      if ((count += 1) === TICKS) begun();
      await held;
    });
    await all;
    const second: string[] = [];
    const [source] = sources.slice(-1);
    const other = new Ticks({ publishes: true } as AppConfig, source!);
    for (let n = 0; n < TICKS; n += 1)
      other.everyInCluster(`tick-${n}`, 10, () => Promise.resolve(second.push(`tick-${n}`)));
    const thrice = new Promise<void>((resolve) => {
      let runs = 0;
      other.everyInCluster('free', 10, () => Promise.resolve((runs += 1) === 3 && resolve()));
    });
    other.onApplicationBootstrap();
    await thrice;
    await other.beforeApplicationShutdown();
    expect(second).toEqual([]);
    release();
    await first.beforeApplicationShutdown();
    let heard: () => void = () => undefined;
    const ran = new Promise<void>((resolve) => (heard = resolve));
    const third = await start(() => Promise.resolve(heard()));
    await ran;
    await third.beforeApplicationShutdown();
  });
});
