import { describe, expect, it } from '@jest/globals';
import { tinyTrace } from '../../../../test/mothers/outage-trace.mother.js';
import { replay } from '../replay.js';

type Tiny = Parameters<NonNullable<Parameters<typeof tinyTrace>[0]>>[0];

const HOURS = 4;
const ALL = { fromMinute: 0, toMinute: 60 * HOURS };
const OUT = { fromMinute: 30, toMinute: 90 };

/** Nobody can publish on TikTok, Reels refuses every video, and Shorts is out when the second hour's post wants to go there. */
const trapped = (t: Tiny): void => {
  const { reels } = t.platforms;
  const down = { ...OUT, capability: 'publish', state: 'down' };
  const shorts = { ...reels, phases: [{ ...OUT, upload: { errorRate: 1 } }], truth: [down] };
  Object.assign(t.platforms, { shorts });
  Object.assign(t.accounts, { shorts: 2 });
  for (const workspace of [0, 1])
    t.accountFaults.push(
      { ...ALL, platform: 'tiktok', workspace, kind: 'banned' },
      { ...ALL, platform: 'reels', workspace, kind: 'bad_video' },
    );
  t.durationMinutes = ALL.toMinute;
  // Stale before TikTok's accounts come back at the trace's end.
  Object.assign(t.policy, { fallbacks: { tiktok: ['reels', 'shorts'] }, staleAfterMinutes: 150 });
};

/** TikTok is out for three hours, and everybody else refuses the video. */
const refusedByAll = (t: Tiny): void => {
  const { reels } = t.platforms;
  Object.assign(t.platforms, { shorts: { ...reels } });
  Object.assign(t.accounts, { shorts: 2 });
  t.durationMinutes = 360;
  t.platforms.tiktok.phases.push({ fromMinute: 30, toMinute: 210, upload: { errorRate: 1 }, auth: { errorRate: 1 } });
  t.platforms.tiktok.truth.push({ fromMinute: 30, toMinute: 210, capability: 'publish', state: 'down' });
  for (const platform of ['reels', 'shorts'])
    for (const workspace of [0, 1])
      t.accountFaults.push({ ...ALL, platform, workspace, toMinute: 360, kind: 'bad_video' });
  Object.assign(t.policy, { fallbacks: { tiktok: ['reels', 'shorts'] }, staleAfterMinutes: 300 });
};

describe('a run that was refused where it had been sent', () => {
  it('is not lost while the next account is ill: it goes there later', () => {
    expect(replay(tinyTrace(trapped), 'perennial')).toMatchObject({ scheduled: HOURS, lost: 0, reachedShare: 1 });
  });

  it('comes home when nobody else took it, also where moved runs do not', () => {
    expect(replay(tinyTrace(refusedByAll), 'perennial')).toMatchObject({ scheduled: 6, lost: 0, reachedShare: 1 });
  });
});
