import { describe, expect, it } from '@jest/globals';
import { tinyTrace } from '../../../../test/mothers/outage-trace.mother.js';
import { policiesWith } from '../policies/policies.js';
import { play } from '../run/play.js';
import { Stage } from '../run/stage.js';

const TIKTOK = { platform: 'tiktok', region: 'us' };

describe('tokens', () => {
  it('are renewed each 90 minutes per account, and meet the rate of auth', () => {
    const stage = new Stage(
      tinyTrace((t) => {
        t.durationMinutes = 360;
        t.platforms.tiktok.phases.push({ fromMinute: 90, toMinute: 180, auth: { errorRate: 1 } });
      }),
      1,
    );
    play(stage, policiesWith().oracle(stage));
    const { observations } = stage;
    const minutes = observations.within(TIKTOK, 'refresh', 0, stage.endMs).map(({ atMs }) => atMs / 60_000);
    // Two accounts, half of the span apart.
    expect(minutes).toEqual([0, 45, 90, 135, 180, 225, 270, 315]);
    expect(observations.failuresWithin(TIKTOK, 'refresh', 0, stage.endMs).map((atMs) => atMs / 60_000)).toEqual([
      90, 135,
    ]);
  });
});
