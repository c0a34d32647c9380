import { describe, expect, it } from '@jest/globals';
import type { CalendarEntryDto } from '../api/generated/types.gen.ts';
import { capGroups } from './cap-groups.ts';
import { filterGroups, NO_QUEUE } from './filters.ts';
import { type CalendarGroup, canMove, groupEntries, settledTargets, waitingTargets } from './groups.ts';

const AT = '2026-11-22T10:00:00.000Z';

const target = (id: string, more: Partial<CalendarEntryDto> = {}): CalendarEntryDto => ({
  kind: 'target',
  id,
  at: AT,
  zone: 'UTC',
  why: 'A queue planned it.',
  postId: 'bread',
  accountIds: [id],
  platform: 'tiktok',
  status: 'scheduled',
  caption: 'Bread',
  ...more,
});

const group = (...entries: CalendarEntryDto[]): CalendarGroup[] => groupEntries(entries, () => 'reels');

const NONE = { account: [], platform: [], queue: [], state: [] };

describe('groupEntries', () => {
  it('puts the targets of one post at one time on one line, with the state that wants a look most', () => {
    const groups = group(
      target('1', { status: 'published' }),
      target('2', { status: 'failed', platform: 'shorts' }),
      target('3', { postId: 'soup' }),
      target('4', { at: '2026-11-22T11:00:00.000Z' }),
    );
    expect(groups.map(({ entries }) => entries.map(({ id }) => id))).toEqual([['1', '2'], ['3'], ['4']]);
    expect(groups[0]).toMatchObject({ state: 'failed', platforms: ['tiktok', 'shorts'], caption: 'Bread' });
  });

  it('leaves runs to come and empty slots each on its own line', () => {
    const groups = group(
      target('1', { kind: 'forecast', platform: undefined, status: undefined }),
      target('2', { kind: 'empty', platform: undefined, status: undefined, accountIds: undefined }),
    );
    expect(groups).toMatchObject([
      { state: 'forecast', platforms: ['reels'] },
      { state: 'empty', platforms: [] },
    ]);
  });

  it('can move what waits, and runs of a rule that are only foreseen', () => {
    const may = (entry: CalendarEntryDto) => group(entry).map(canMove);
    expect(may(target('1'))).toEqual([true]);
    expect(may(target('1', { status: 'published' }))).toEqual([false]);
    expect(may(target('1', { kind: 'forecast', source: 'rrule' }))).toEqual([true]);
    expect(may(target('1', { kind: 'forecast', source: 'queue' }))).toEqual([false]);
  });
});

describe('targets of a line', () => {
  it('are those that a change reaches, and those that stay and are named to the person', () => {
    const [line] = group(
      target('1'),
      target('2', { status: 'held' }),
      target('3', { status: 'publishing' }),
      target('4', { status: 'published' }),
      target('5', { status: 'cancelled' }),
    );
    if (!line) throw new Error('There is one line.');
    expect(waitingTargets(line).map(({ id }) => id)).toEqual(['1', '2']);
    expect(settledTargets(line)).toEqual(['3', '4']);
  });
});

describe('capGroups', () => {
  it('shows five of a hundred and says how many more there are, and how many of them want a look', () => {
    const many = group(
      ...Array.from({ length: 100 }, (_, at) =>
        target(String(at), { postId: `p${at}`, status: at === 99 ? 'failed' : 'scheduled' }),
      ),
    );
    const { shown, more } = capGroups(many, { placeOf: ({ at }) => at.slice(0, 10), most: 5 });
    expect(shown).toHaveLength(5);
    expect(more).toMatchObject([{ key: '2026-11-22', hidden: 95, urgent: 1 }]);
    expect(more[0]?.groups).toHaveLength(100);
  });

  it('adds no line where all have room', () => {
    expect(capGroups(group(target('1')), { placeOf: ({ at }) => at, most: 1 }).more).toEqual([]);
  });
});

describe('filterGroups', () => {
  it('finds by platform, queue and the state of any of its targets', () => {
    const groups = group(
      target('1', { queueId: 'q' }),
      target('2', { platform: 'shorts', status: 'held', queueId: 'q' }),
      target('3', { postId: 'soup' }),
    );
    const found = (filters: Partial<typeof NONE>) =>
      filterGroups(groups, { ...NONE, ...filters }).map(({ entries: [{ postId }] }) => postId);
    expect(found({})).toEqual(['bread', 'soup']);
    expect(found({ platform: ['shorts'] as never[] })).toEqual(['bread']);
    expect(found({ queue: [NO_QUEUE] as never[] })).toEqual(['soup']);
    expect(found({ state: ['scheduled'] as never[] })).toEqual(['bread', 'soup']);
    expect(found({ state: ['held'] as never[] })).toEqual(['bread']);
  });
});
