import { describe, expect, it } from '@jest/globals';
import { publishingTiming } from '../../domain/publishing-timing.js';
import type { TargetRecord } from '../../domain/targets/target-record.js';
import { routingTiming } from '../../../routing/domain/routing-timing.js';
import { PublishingSettings } from '../../publishing-settings.js';
import { Engine } from '../engine.js';
import { CallLanes } from './call-lanes.js';

let nowMs = 0;

/** Every look at the clock takes a millisecond. */
const lanes = (concurrency: number, perSecond = 0) =>
  new CallLanes(
    new Engine(
      { now: () => new Date((nowMs += 1)) },
      new PublishingSettings(publishingTiming(1), routingTiming(1), 0, concurrency, () => 1, perSecond),
    ),
  );

const target = (id: string, accountId: string, at = 0) =>
  ({ id, accountId, workspaceId: 'w', platform: 'tiktok', scheduledAt: new Date(at) }) as TargetRecord;

describe('CallLanes', () => {
  it('runs an account’s calls one after the other in the order of their times, also when one fails', async () => {
    const lane = lanes(8);
    const seen: string[] = [];
    const gate = Promise.withResolvers<'asked'>();
    const first = lane.start(target('a', 'x', 1), () => gate.promise);
    const late = lane.start(target('c', 'x', 3), () => {
      seen.push('c');
      return Promise.resolve('asked');
    });
    const next = lane.start(target('b', 'x', 2), () => {
      seen.push('b');
      throw new Error('ours');
    });
    expect(lane.inFlight).toBe(3);
    gate.resolve('asked');
    await expect(Promise.allSettled([first, next, late])).resolves.toMatchObject([
      { status: 'fulfilled' },
      { status: 'rejected' },
      { status: 'fulfilled' },
    ]);
    expect(seen).toEqual(['b', 'c']);
    await lane.whenIdle();
    expect(lane.inFlight).toBe(0);
  });

  it('goes on when the pace allows', async () => {
    const lane = lanes(8, 1_000);
    const answers = Array.from({ length: 1_100 }, (_, n) =>
      lane.start(target(String(n), `x${n}`), () => Promise.resolve('asked')),
    );
    expect(lane.inFlight).toBe(1_100);
    expect(await Promise.all(answers)).toHaveLength(1_100);
    await lane.whenIdle();
  });

  it('spends none of the pace on calls that asked the platform nothing', async () => {
    const lane = lanes(8, 1);
    const beganMs = nowMs;
    await Promise.all(
      Array.from({ length: 100 }, (_, n) => lane.start(target(String(n), `x${n}`), () => Promise.resolve('barred'))),
    );
    expect(await lane.start(target('last', 'y'), () => Promise.resolve('asked'))).toBe('asked');
    expect(nowMs - beganMs).toBeLessThan(1_000);
  });

  it('is idle at once when nothing was begun', () => expect(lanes(1).whenIdle()).resolves.toBeUndefined());
});
