import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { tinyTrace } from '../../../test/mothers/outage-trace.mother.js';
import { checkSeeds, sameTrace } from './check.js';
import { replay } from './replay.js';
import { parseTrace } from './trace/parse-trace.js';
import type { OutageTrace } from './trace/trace.js';

const TRACES = 'seeds/outages';
const read = (name: string): OutageTrace => parseTrace(readFileSync(`${TRACES}/${name}`, 'utf8'));

/** The first hours of a trace. */
const firstHours = (trace: OutageTrace, hours: number): OutageTrace => ({ ...trace, durationMinutes: hours * 60 });

describe('the traces of this project', () => {
  it.each(readdirSync(TRACES).filter((name) => name.endsWith('.json')))('%s can be played', (name) => {
    expect(read(name).name).toBe(name.replace('.json', ''));
  });
});

describe('a replay', () => {
  it('gives the same bytes for the same trace and seed, and others for another', () => {
    const trace = firstHours(read('tiktok-us-2026-01.json'), 3);
    const score = (seed: number) => JSON.stringify(replay(trace, 'perennial', { seed }));
    expect(score(1)).toBe(score(1));
    expect(score(2)).not.toBe(score(1));
  });

  it('keeps every promise through a total loss of seven hours', () => {
    const checked = checkSeeds([sameTrace(firstHours(read('total-loss-2026-03.json'), 18))], {
      seeds: 1,
      tell: () => undefined,
    });
    expect(checked.traces[0]?.lines.filter(({ ok }) => !ok)).toEqual([]);
  });

  it('blames nobody for an expired token, bad videos or our own cut line', () => {
    const { name, ...faults } = {
      name: 'decoys',
      accountFaults: [
        { platform: 'tiktok', workspace: 0, fromMinute: 10, toMinute: 60, kind: 'token_expired' },
        { platform: 'reels', workspace: 1, fromMinute: 0, toMinute: 200, kind: 'bad_video' },
      ],
      localFaults: [{ fromMinute: 59.5, toMinute: 67, kind: 'no_connectivity' }],
    };
    const trace = tinyTrace((t) => Object.assign(t, { name, durationMinutes: 300, ...faults }));
    expect(replay(trace, 'perennial')).toMatchObject({
      falseAlarms: 0,
      falseDegraded: 0,
      duplicates: 0,
      lost: 0,
      falseFailed: 0,
    });
  });
});
