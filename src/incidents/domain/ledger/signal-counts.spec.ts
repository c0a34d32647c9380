import { describe, expect, it } from '@jest/globals';
import { entriesOfSignals, type SignalCount } from './signal-counts.js';

const minute = (n: number) => new Date(Date.UTC(2026, 0, 25, 10, n));
const row = (n: number, more: Partial<SignalCount> = {}): SignalCount => ({
  at: minute(n),
  source: 'attempt',
  capability: 'publish',
  good: 0,
  bad: 0,
  unknown: 0,
  ...more,
});

describe('signals in the ledger', () => {
  it('are one line per minute, oldest first, each with one source key', () => {
    const lines = entriesOfSignals([row(2, { bad: 1 }), row(1, { good: 3 })]);
    expect(lines.map(({ at, text }) => [at, text])).toEqual([
      [minute(1), '3 good, 0 bad, 0 without an answer.'],
      [minute(2), '0 good, 1 bad, 0 without an answer.'],
    ]);
    expect(new Set(lines.map(({ sourceKey }) => sourceKey)).size).toBe(2);
  });

  it('are counted by where they come from and what they are about, and belong to no workspace', () => {
    const [line] = entriesOfSignals([
      row(1, { bad: 2, unknown: 1 }),
      row(1, { source: 'probe', capability: 'auth', good: 4 }),
      row(1, { source: 'probe', capability: 'upload', good: 1 }),
    ]);
    expect(line?.workspaceId).toBeNull();
    expect(line?.data).toEqual({
      good: 5,
      bad: 2,
      unknown: 1,
      bySource: { attempt: { good: 0, bad: 2, unknown: 1 }, probe: { good: 5, bad: 0, unknown: 0 } },
      byCapability: {
        publish: { good: 0, bad: 2, unknown: 1 },
        auth: { good: 4, bad: 0, unknown: 0 },
        upload: { good: 1, bad: 0, unknown: 0 },
      },
    });
  });

  it('show what a status page says beside what was seen, not in it', () => {
    const [line] = entriesOfSignals([row(1, { good: 2 }), row(1, { source: 'feed', bad: 1 })]);
    expect(line?.text).toBe('2 good, 0 bad, 0 without an answer.');
    expect(line?.data).toMatchObject({ bad: 0, bySource: { feed: { bad: 1 } } });
  });

  it('make no line for a minute of silence', () => expect(entriesOfSignals([])).toEqual([]));
});
