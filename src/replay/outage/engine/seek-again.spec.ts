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
  Object.assign(t.policy, { fallbacks: { tiktok: ['reels', 'shorts'] }, staleAfterMinutes: 300 });
};

describe('a run that was refused where it had been sent', () => {
  it('is not lost while the next account is ill: it goes there later', () => {
    expect(replay(tinyTrace(trapped), 'perennial')).toMatchObject({ scheduled: HOURS, lost: 0, reachedShare: 1 });
  });
});
