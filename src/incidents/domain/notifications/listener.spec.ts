import { describe, expect, it } from '@jest/globals';
import type { Change, KnownIncident } from './change.js';
import { changeOf, type ToldEvent } from './change-of-event.js';
import { gather, type Gathered, MAX_LISTED } from './gather.js';
import { address, type Addressed, incidentKey, type Knowledge, type Listener, messageKey } from './listener.js';

const at = (minute: number) => new Date(Date.UTC(2026, 0, 27, 14, minute));
const listener = (over: Partial<Listener> = {}): Listener => ({
  id: 'c1',
  workspaceId: 'w1',
  scope: 'workspace',
  kinds: [],
  minSeverity: 'info',
  readySince: at(0),
  ...over,
});
const presence = { workspaceId: 'w1', platform: 'tiktok', region: 'us' };
const knowing = (over: Partial<Knowledge> = {}): Knowledge => ({
  listeners: [listener()],
  presences: [presence],
  incidents: new Map(),
  open: new Map(),
  ...over,
});
const event = (type: string, minute: number, over: Partial<ToldEvent> = {}): ToldEvent => ({
  workspaceId: null,
  type,
  subjectId: 'i1',
  payload: { platform: 'tiktok', region: 'us', incidentId: 'i1', reason: '9 of 10 failed' },
  at: at(minute),
  ...over,
});
const told = (...events: ToldEvent[]) =>
  events.flatMap((one, place) => {
    const change = changeOf(one);
    return change ? [{ eventName: String(place), change }] : [];
  });
const decisions = (count: number, platform = 'tiktok', workspaceId = 'w1') =>
  Array.from({ length: count }, (_, number) =>
    event('post.needs_decision', 1, { workspaceId, subjectId: `${platform}${number}`, payload: { platform } }),
  );
const only = (addressed: Addressed): Gathered => {
  expect(addressed.messages).toHaveLength(1);
  return addressed.messages[0]?.gathered as Gathered;
};

describe('one message per change', () => {
  it('makes one message of five hundred targets, with their number by platform', () => {
    const gathered = only(address(told(...decisions(480), ...decisions(20, 'reels')), knowing()));
    expect(gathered).toMatchObject({ family: 'post', count: 500, byPlatform: { tiktok: 480, reels: 20 } });
    expect(gathered.changes).toHaveLength(MAX_LISTED);
  });

  it('adds to the message that still gathers, and begins another one after it has closed', () => {
    const before = only(address(told(...decisions(3)), knowing()));
    const open = new Map([[messageKey('c1', 'post'), { id: 'm1', gathered: before }]]);
    const more = address(told(...decisions(2, 'reels')), knowing({ open }));
    expect(more.messages[0]).toMatchObject({ openId: 'm1', gathered: { count: 5 } });
    expect(address(told(...decisions(2)), knowing()).messages[0]?.openId).toBeUndefined();
  });

  it('joins the regions of a platform, and counts an incident that got worse at once as one that opened', () => {
    const eu = { payload: { platform: 'tiktok', region: 'eu', incidentId: 'i2' }, subjectId: 'i2' };
    const presences = [presence, { ...presence, region: 'eu' }];
    const events = told(event('platform.degraded', 1), event('platform.down', 2), event('platform.down', 2, eu));
    const gathered = only(address(events, knowing({ presences })));
    expect(gathered).toMatchObject({ count: 2, severity: 'critical' });
    expect(gathered.changes.map(({ kind, state }) => `${kind} ${state}`)).toEqual([
      'incident.opened down',
      'incident.opened down',
    ]);
  });

  it('names a message by its first change, the same whenever the facts are the same', () => {
    const once = address(told(...decisions(2)), knowing());
    expect(address(told(...decisions(2)), knowing())).toEqual(once);
    expect(once.messages[0]?.changeKey).toBe('post|0');
  });
});

describe('the story of an incident', () => {
  const known = (state: KnownIncident['state']) =>
    new Map([[incidentKey('c1', 'i1'), { state, openedAt: at(1).toISOString() }]]);
  const kindsOf = (incidents: Knowledge['incidents'], ...types: string[]) =>
    address(told(...types.map((type, minute) => event(type, minute + 2))), knowing({ incidents })).messages.flatMap(
      ({ gathered }) => gathered.kinds,
    );

  it('opens, gets worse, ends', () => {
    expect(kindsOf(new Map(), 'platform.degraded')).toEqual(['incident.opened']);
    expect(kindsOf(known('degraded'), 'platform.down')).toEqual(['incident.worse']);
    expect(kindsOf(known('down'), 'platform.recovered')).toEqual(['incident.recovered']);
  });

  it('tells nothing of a relapse, of an end that nobody heard begin, and of a recovery under way', () => {
    expect(kindsOf(known('down'), 'platform.recovering', 'platform.down', 'platform.degraded')).toEqual([]);
    expect(kindsOf(new Map(), 'platform.recovered')).toEqual([]);
  });

  it('begins anew after its end', () => {
    const { incidents } = address(told(event('platform.recovered', 3)), knowing({ incidents: known('down') }));
    expect(incidents).toMatchObject([{ incident: 'i1', knows: undefined }]);
    expect(kindsOf(new Map(), 'platform.down')).toEqual(['incident.opened']);
  });

  it('opens with the first word that the filter lets through, and tells the end whatever the severity', () => {
    const listeners = [listener({ minSeverity: 'critical' })];
    const silent = address(told(event('platform.degraded', 1)), knowing({ listeners }));
    expect(silent).toEqual({ messages: [], incidents: [] });
    expect(only(address(told(event('platform.down', 2)), knowing({ listeners }))).kinds).toEqual(['incident.opened']);
    const end = address(told(event('platform.recovered', 3)), knowing({ listeners, incidents: known('down') }));
    expect(only(end).changes[0]).toMatchObject({ kind: 'incident.recovered', since: at(1).toISOString() });
  });
});

describe('whose business a change is', () => {
  const heard = (over: Partial<Listener>, ...events: ToldEvent[]) =>
    address(told(...events), knowing({ listeners: [listener(over)] })).messages.length;

  it('keeps tenants apart', () => {
    expect(heard({}, ...decisions(1, 'tiktok', 'w2'))).toBe(0);
    expect(heard({ workspaceId: 'w2' }, ...decisions(1, 'tiktok', 'w2'))).toBe(1);
  });

  it('tells a workspace of platforms and regions where it has accounts', () => {
    expect(heard({}, event('platform.down', 1))).toBe(1);
    expect(heard({}, event('platform.down', 1, { payload: { platform: 'reels', region: 'us' } }))).toBe(0);
    expect(heard({}, event('platform.down', 1, { payload: { platform: 'tiktok', region: 'eu' } }))).toBe(0);
    expect(heard({}, event('platform.down', 1, { payload: { platform: 'tiktok', region: null } }))).toBe(1);
    expect(heard({ workspaceId: 'w2' }, event('platform.down', 1))).toBe(0);
    expect(heard({ workspaceId: 'w2', scope: 'instance' }, event('platform.down', 1))).toBe(1);
  });

  it('tells nothing that happened before the channel was ready', () => {
    expect(heard({ readySince: at(5) }, event('platform.down', 4))).toBe(0);
  });

  it('keeps to the kinds that are wanted', () => {
    expect(heard({ kinds: ['radar.alert'] }, event('platform.down', 1))).toBe(0);
    const radar = event('radar.alert', 1, { payload: { platform: 'tiktok', summary: 'It fell.' } });
    expect(heard({ kinds: ['radar.alert'] }, radar)).toBe(1);
  });
});

describe('what an event tells', () => {
  it('is nothing for what nobody need be told, and for events that lack what matters', () => {
    expect(changeOf(event('post.published', 1))).toBeUndefined();
    expect(changeOf(event('platform.down', 1, { payload: {} }))).toBeUndefined();
    expect(changeOf(event('radar.alert', 1, { payload: { summary: 7 } }))).toBeUndefined();
  });

  it('never brings line breaks or addresses that are not https', () => {
    const payload = { summary: 'a\r\nBcc: x@y\u2028b', url: 'javascript:alert(1)' };
    expect(changeOf(event('radar.alert', 1, { payload }))).toMatchObject({ words: 'a Bcc: x@y b' });
    expect(changeOf(event('radar.alert', 1, { payload }))).not.toHaveProperty('url');
  });

  it('warns of a drill that did not pass', () => {
    const drill = (result: string) => changeOf(event('drill.finished', 1, { payload: { result } }))?.severity;
    expect(['passed', 'nothing_due', 'failed', 'aborted'].map(drill)).toEqual(['info', 'info', 'warning', 'warning']);
  });
});

describe('gather', () => {
  it('lets a later change of the same thing replace the earlier one, and counts it once', () => {
    const change = (subject: string, minute: number): Change => ({
      kind: 'radar.alert',
      severity: 'info',
      subject,
      workspaceId: null,
      at: at(minute).toISOString(),
      words: String(minute),
    });
    const gathered = gather(undefined, [change('a', 1), change('b', 2), change('a', 3)]);
    expect(gathered).toMatchObject({ count: 2, firstAt: at(1).toISOString(), lastAt: at(3).toISOString() });
    expect(gathered.changes.map(({ words }) => words)).toEqual(['2', '3']);
  });
});
