import { describe, expect, it } from '@jest/globals';
import { plusMs } from '../../../kernel/durations.js';
import { judgeLooks, type KeptHistory, type ViewsLook } from './views-history.policy.js';

const MINUTE = 60_000;
const DAY = 86_400_000;
const NOON = new Date('2026-01-25T12:00:00Z');

/** A first read of a post that went live 45 minutes before. */
const look = (views: number, at = NOON, more: Partial<ViewsLook> = {}): ViewsLook => ({
  ...{ targetId: 't', publishedAt: plusMs(at, -45 * MINUTE), at, views, suspect: false },
  ...more,
});
/** An account whose posts gather 400 views in their first hour. */
const usual = (): KeptHistory | undefined =>
  judgeLooks(
    undefined,
    Array.from({ length: 10 }, () => look(300)),
    1,
  ).kept;
const said = (kept: KeptHistory | undefined, ...looks: readonly ViewsLook[]) =>
  judgeLooks(kept, looks, 1).verdicts.map(({ verdict }) => verdict);

describe('reads of one account', () => {
  it('accuse the counters when nothing came where views always did, and clear them when any did', () => {
    expect(said(usual(), look(0), look(20))).toEqual(['bad', 'good']);
    expect(judgeLooks(usual(), [look(0, NOON, { targetId: 'frozen' })], 1).verdicts).toEqual([
      { targetId: 'frozen', verdict: 'bad' },
    ]);
  });

  it('accuse them when they stand where they stood at the read before', () => {
    const before = { at: plusMs(NOON, -20 * MINUTE), views: 120 };
    expect(said(usual(), look(120, NOON, { before }))).toEqual(['bad']);
    expect(said(usual(), look(121, NOON, { before }))).toEqual(['good']);
  });

  it('say nothing while the account is new', () => {
    expect(said(undefined, look(0), look(0), look(0))).toEqual([]);
  });

  it('teach nothing while the platform is in trouble, but are judged', () => {
    const kept = usual();
    const suspect = Array.from({ length: 50 }, () => look(3, NOON, { suspect: true }));
    const after = judgeLooks(kept, suspect, 1);
    expect(after.verdicts).toHaveLength(50);
    expect(after.kept).toBe(kept);
  });

  it('are learnt anew when no views came for two weeks: the audience left, the counters work', () => {
    const kept = usual();
    expect(said(kept, look(0, plusMs(NOON, 13 * DAY)))).toEqual(['bad']);
    const later = plusMs(NOON, 15 * DAY);
    const silent = Array.from({ length: 20 }, (_, index) => look(0, plusMs(later, index * MINUTE)));
    expect(said(kept, ...silent)).toEqual([]);
  });

  it('count an age under a time scale as the nominal one', () => {
    const fast = (views: number): ViewsLook => look(views, NOON, { publishedAt: plusMs(NOON, -45_000) });
    const { kept } = judgeLooks(
      undefined,
      Array.from({ length: 10 }, () => fast(300)),
      60,
    );
    expect(judgeLooks(kept, [fast(0)], 60).verdicts).toHaveLength(1);
    expect(kept?.history.perHour[0]).toBeCloseTo(400, 0);
  });
});
