import { describe, expect, it } from '@jest/globals';
import { aStatus } from '../../../../test/mothers/status-snapshot.mother.js';
import type { Clock } from '../../../kernel/clock.port.js';
import type { KeptCopies } from '../../domain/status/status.ports.js';
import { StatusFacts } from '../../domain/status/status.ports.js';
import type { StatusSnapshot } from '../../domain/status/status-snapshot.js';
import { LastCopies } from './last-copies.js';

/** The tables, a disk and a clock in memory. */
class World extends StatusFacts {
  pages = new Map([['studio', aStatus()]]);
  files = new Map<string, StatusSnapshot>();
  mood: 'well' | 'away' | 'silent' = 'well';
  reads = 0;
  nowMs = 1_000_000;
  readonly clock: Clock = { now: () => new Date(this.nowMs) };
  readonly disk: KeptCopies = {
    load: async (slug) => this.files.get(slug),
    save: async (snapshot) => void this.files.set(snapshot.slug, snapshot),
    drop: async (slug) => void this.files.delete(slug),
  };

  async read(slug: string): Promise<StatusSnapshot | undefined> {
    this.reads += 1;
    if (this.mood === 'away') throw new Error('no connection');
    if (this.mood === 'silent') return new Promise(() => undefined);
    return this.pages.get(slug);
  }

  async slugs(): Promise<readonly string[]> {
    return [...this.pages.keys()];
  }

  copies(): LastCopies {
    const copies = new LastCopies(this, this.disk, this.clock);
    copies.patienceMs = { withCopy: 5, without: 5 };
    return copies;
  }
}

describe('LastCopies', () => {
  it('asks the tables once in three seconds, however many look', async () => {
    const world = new World();
    const copies = world.copies();
    await Promise.all([copies.take('studio'), copies.take('studio'), copies.take('studio')]);
    world.nowMs += 2_000;
    expect(await copies.take('studio')).toEqual({ snapshot: aStatus(), isLastCopy: false });
    expect(world.reads).toBe(1);
    world.nowMs += 2_000;
    await copies.take('studio');
    expect(world.reads).toBe(2);
  });

  it.each(['away', 'silent'] as const)('shows its last copy while the database is %s', async (mood) => {
    const world = new World();
    const copies = world.copies();
    await copies.take('studio');
    world.mood = mood;
    world.nowMs += 60_000;
    expect(await copies.take('studio')).toEqual({ snapshot: aStatus(), isLastCopy: true });
  });

  it('finds a copy of an earlier process on disk', async () => {
    const world = new World();
    await world.copies().take('studio');
    world.mood = 'away';
    expect(await world.copies().take('studio')).toMatchObject({ isLastCopy: true });
  });

  it('asks a database that is away once in two seconds, and hears at once that it is back', async () => {
    const world = new World();
    const copies = world.copies();
    await copies.take('studio');
    world.mood = 'away';
    world.nowMs += 60_000;
    for (let visitor = 0; visitor < 50; visitor += 1) await copies.take('studio');
    expect(world.reads).toBe(2);
    world.mood = 'well';
    world.nowMs += 2_000;
    expect(await copies.take('studio')).toMatchObject({ isLastCopy: false });
  });

  it('says so when there is neither an answer nor a copy', async () => {
    const world = new World();
    world.mood = 'away';
    await expect(world.copies().take('studio')).rejects.toMatchObject({ code: 'status_page.unavailable' });
  });

  it('forgets a page that was taken away, on disk too', async () => {
    const world = new World();
    const copies = world.copies();
    await copies.take('studio');
    world.pages.clear();
    world.nowMs += 60_000;
    expect(await copies.take('studio')).toBeUndefined();
    expect(world.files.size).toBe(0);
  });
});
