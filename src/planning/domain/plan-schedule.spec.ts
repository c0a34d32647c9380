import { describe, expect, it } from '@jest/globals';
import { planSchedule, type ScheduleRequest } from './plan-schedule.js';

const now = new Date('2026-03-01T12:00:00Z');
const plan = (request: Partial<ScheduleRequest>) =>
  planSchedule({ targets: [], ...request }, { now, defaultZone: 'Europe/Paris' });
const findings = (request: Partial<ScheduleRequest>) =>
  plan(request).findings.map(({ code, violation }) => `${violation.field} ${code}`);
const at = (request: Partial<ScheduleRequest>) =>
  plan(request).targets.map((target) => target.scheduledAt.toISOString());
const accounts = (count: number) => Array.from({ length: count }, (_, index) => ({ accountId: `a${index}` }));

describe('planSchedule', () => {
  it('takes a request without targets and time for a draft', () => {
    expect(plan({})).toEqual({ targets: [], findings: [], warnings: [] });
  });

  it('publishes now at the given instant', () => {
    expect(at({ publishNow: true, targets: accounts(2) })).toEqual([now.toISOString(), now.toISOString()]);
  });

  it("reads local times in the request's zone, else in the workspace's", () => {
    const request = { scheduledAt: '2026-07-01T09:00', targets: accounts(1) };
    expect(at(request)).toEqual(['2026-07-01T07:00:00.000Z']);
    expect(at({ ...request, timezone: 'America/New_York' })).toEqual(['2026-07-01T13:00:00.000Z']);
    expect(plan({ ...request, timezone: 'America/New_York' }).targets[0]?.zone).toBe('America/New_York');
  });

  it("lets a target's own time win", () => {
    const targets = [{ accountId: 'a', scheduledAt: '2026-04-01T00:00:00Z' }, { accountId: 'b' }];
    expect(at({ scheduledAt: '2026-05-01T00:00:00Z', targets })).toEqual([
      '2026-04-01T00:00:00.000Z',
      '2026-05-01T00:00:00.000Z',
    ]);
  });

  it('keeps what a target says of its own', () => {
    const own = { accountId: 'a', caption: 'C', title: 'T', options: { x: 1 }, spreadSeconds: 60 };
    expect(plan({ publishNow: true, targets: [own] }).targets).toEqual([
      { ...own, scheduledAt: now, zone: 'Europe/Paris' },
    ]);
  });

  it('accepts a time up to 60 s ago and refuses an older one', () => {
    const targets = accounts(1);
    expect(findings({ scheduledAt: '2026-03-01T11:59:00Z', targets })).toEqual([]);
    expect(findings({ scheduledAt: '2026-03-01T11:58:59Z', targets })).toEqual(['scheduledAt schedule.in_past']);
    expect(findings({ targets: [{ accountId: 'a', scheduledAt: '2026-03-01T12:58' }] })).toEqual([
      'targets.0.scheduledAt schedule.in_past',
    ]);
  });

  it.each<[string, Partial<ScheduleRequest>, string]>([
    [
      'both now and later',
      { publishNow: true, scheduledAt: '2026-04-01T00:00:00Z' },
      'publishNow schedule.now_or_later',
    ],
    [
      "now with a target's time",
      { publishNow: true, targets: [{ accountId: 'a', scheduledAt: '2026-04-01T00:00' }] },
      'publishNow schedule.now_or_later',
    ],
    ['a time for nowhere', { scheduledAt: '2026-04-01T00:00:00Z' }, 'targets schedule.no_targets'],
    ['targets without a time', { targets: accounts(1) }, 'targets.0.scheduledAt schedule.no_time'],
    [
      'an unknown zone',
      { timezone: 'Mars/Olympus', publishNow: true, targets: accounts(1) },
      'timezone schedule.unknown_zone',
    ],
    [
      'an offset for a zone',
      { timezone: '+01:00', publishNow: true, targets: accounts(1) },
      'timezone schedule.unknown_zone',
    ],
    [
      'a day that does not exist',
      { scheduledAt: '2026-02-30T10:00', targets: accounts(1) },
      'scheduledAt schedule.bad_time',
    ],
    ['51 targets', { publishNow: true, targets: accounts(51) }, 'targets schedule.too_many_targets'],
    [
      'an account listed twice',
      { publishNow: true, targets: [{ accountId: 'a' }, { accountId: 'b' }, { accountId: 'a' }] },
      'targets.2.accountId schedule.duplicate_target',
    ],
  ])('refuses %s', (_, request, expected) => {
    expect(findings(request)).toContain(expected);
  });

  it('warns when clocks skip a time or show it twice', () => {
    const request = {
      targets: [
        { accountId: 'a', scheduledAt: '2026-03-29T02:30' },
        { accountId: 'b', scheduledAt: '2026-10-25T02:30' },
      ],
    };
    expect(at(request)).toEqual(['2026-03-29T01:00:00.000Z', '2026-10-25T00:30:00.000Z']);
    expect(plan(request).warnings.map(({ field, code }) => `${field} ${code}`)).toEqual([
      'targets.0.scheduledAt schedule.gap',
      'targets.1.scheduledAt schedule.overlap',
    ]);
  });

  it('names every fault at once', () => {
    const targets = [
      { accountId: 'a', scheduledAt: 'soon' },
      { accountId: 'a', scheduledAt: '2020-01-01T00:00' },
    ];
    expect(findings({ targets })).toEqual([
      'targets.1.accountId schedule.duplicate_target',
      'targets.0.scheduledAt schedule.bad_time',
      'targets.1.scheduledAt schedule.in_past',
    ]);
  });
});
