import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Ledger } from '../../src/incidents/domain/notifications/ledger.port.js';
import { NotificationSender } from '../../src/incidents/jobs/notifications/notification-sender.js';
import { NotificationsJob } from '../../src/incidents/jobs/notifications/notifications.job.js';
import { newId } from '../../src/kernel/ids.js';
import { type KeepingMessenger, NotificationStage } from '../support/notifications.js';

describe('notifications', () => {
  let stage: NotificationStage;
  let messenger: KeepingMessenger;

  beforeAll(async () => {
    stage = await NotificationStage.start();
    ({ messenger } = stage);
  });
  afterAll(() => stage.stop());
  beforeEach(() => stage.reset());

  it('make one message of five hundred targets, and none twice, however many processes listen', async () => {
    const channel = await stage.create();
    await stage.tell(...Array.from({ length: 300 }, () => stage.decision()));
    await stage.hear();
    await stage.tell(...Array.from({ length: 200 }, () => stage.decision()));
    await Promise.all([stage.hear(), stage.hear(), stage.hear()]);
    await Promise.all([stage.release(), stage.release()]);
    expect(messenger.subjects).toEqual(['500 posts need your decision']);
    expect(await stage.log(channel.id)).toMatchObject([
      {
        state: 'delivered',
        count: 500,
        tries: 1,
        family: 'post',
        detail: 'taken',
        text: messenger.sent[0]?.message.text,
      },
    ]);
  });

  it('tell the story of an incident once: opened, worse, recovered, and no relapse', async () => {
    await stage.create();
    const incident = newId();
    for (const state of ['degraded', 'down', 'degraded', 'down', 'recovered', 'recovered'] as const) {
      await stage.tell(stage.platform(state, incident));
      await stage.hear();
      await stage.release();
    }
    expect(messenger.subjects).toEqual([
      'TikTok (us) is in trouble',
      'TikTok (us) got worse and is down',
      'TikTok (us) is healthy again',
    ]);
    expect(await stage.db.database.rows(`select 1 from notification_incident`)).toEqual([]);
  });

  it('send nothing again soon when the process dies between intent and answer; a warning once more, as such', async () => {
    const channel = await stage.create();
    await stage.tell(stage.platform('down', newId()));
    await stage.hear();
    await stage.skip('gathering');
    await stage.partial.app.get(NotificationsJob).release();
    // The intent of a process that dies before it sends, or before it hears the answer: nobody can tell which.
    expect(await stage.partial.app.get(Ledger).claim(10, [])).toHaveLength(1);
    await stage.release();
    expect(messenger.sent).toEqual([]);
    expect(await stage.log(channel.id)).toMatchObject([{ state: 'sending', tries: 1 }]);
    await stage.skip('sending');
    await stage.release();
    expect(messenger.sent).toEqual([]);
    const [left] = await stage.log(channel.id);
    expect(left).toMatchObject({ state: 'waiting', detail: expect.stringContaining('ended before') });
    expect(Date.parse(left.nextAt) - Date.now()).toBeGreaterThan(14 * 60_000);
    await stage.skip('waiting');
    await stage.release();
    expect(messenger.sent).toHaveLength(1);
    expect(messenger.sent[0]?.message.text).toMatch(/^You may have read this before/);
    await stage.release();
    expect(messenger.sent).toHaveLength(1);
    expect(await stage.log(channel.id)).toMatchObject([{ state: 'delivered', tries: 2 }]);
  });

  it('do not say once more that it is down after it was told that it is well', async () => {
    const channel = await stage.create();
    const incident = newId();
    messenger.answer = async ({ message: { subject } }) =>
      subject.includes('healthy') ? { kind: 'delivered', detail: 'taken' } : { kind: 'unknown', detail: 'lost' };
    for (const state of ['down', 'recovered'] as const) {
      await stage.tell(stage.platform(state, incident));
      await stage.hear();
      await stage.release();
    }
    await stage.skip('waiting');
    await stage.release();
    expect(messenger.subjects).toEqual(['TikTok (us) is down', 'TikTok (us) is healthy again']);
    expect((await stage.log(channel.id))[1]).toMatchObject({
      state: 'failed',
      detail: expect.stringContaining('newer'),
    });
  });

  it('take the answer of a send that outlived its lease for nothing', async () => {
    const channel = await stage.create({ minSeverity: 'critical' });
    await stage.tell(stage.platform('down', newId()));
    await stage.hear();
    messenger.answer = async () => {
      await stage.skip('sending');
      await stage.partial.app.get(NotificationsJob).release();
      return { kind: 'delivered', detail: 'too late' };
    };
    await stage.release();
    expect(await stage.log(channel.id)).toMatchObject([
      { state: 'waiting', detail: expect.stringContaining('ended before') },
    ]);
  });

  it('try again what was not taken, show that it fails, and forget that when it works', async () => {
    const channel = await stage.create();
    messenger.answer = async () => ({ kind: 'not_sent', lasting: 'temporary', detail: 'busy', code: '503' });
    await stage.tell(stage.decision());
    await stage.hear();
    await stage.release();
    const [waiting] = await stage.log(channel.id);
    expect(waiting).toMatchObject({ state: 'waiting', tries: 1, detail: 'busy', code: '503' });
    expect(Date.parse(waiting.nextAt) - Date.now()).toBeGreaterThan(20_000);
    expect((await stage.send('GET', `/${channel.id}`)).body).toMatchObject({ status: 'failing', lastError: 'busy' });
    messenger.answer = async () => ({ kind: 'delivered', detail: 'taken' });
    await stage.skip('waiting');
    await stage.release();
    expect(await stage.log(channel.id)).toMatchObject([{ state: 'delivered', tries: 2 }]);
    expect((await stage.send('GET', `/${channel.id}`)).body).toMatchObject({ status: 'active' });
  });

  it('switch a channel off whose other side is gone, drop what waits there, and begin anew when it is switched on', async () => {
    const channel = await stage.create();
    messenger.answer = async () => ({ kind: 'not_sent', lasting: 'permanent', detail: 'no such bot', isGone: true });
    await stage.tell(stage.platform('down', newId()));
    await stage.hear();
    await stage.skip('gathering');
    await stage.tell(stage.decision());
    await stage.hear();
    await stage.partial.app.get(NotificationsJob).release();
    await stage.partial.app.get(NotificationSender).drain();
    expect((await stage.send('GET', `/${channel.id}`)).body).toMatchObject({
      status: 'disabled',
      disabledReason: 'gone',
    });
    expect((await stage.log(channel.id)).map(({ state }: { state: string }) => state)).toEqual(['failed', 'failed']);
    expect((await stage.send('POST', `/${channel.id}/test`)).body.code).toBe('notification_channel.disabled');
    await stage.tell(stage.decision());
    await stage.hear();
    expect((await stage.send('PATCH', `/${channel.id}`, { enabled: true })).body.status).toBe('active');
    await stage.release();
    expect(messenger.sent).toHaveLength(1);
  });

  it('keep a night for one digest at its end, but for what is urgent', async () => {
    const now = new Date();
    const hour = (ahead: number) => new Date(now.getTime() + ahead * 3_600_000).toISOString().slice(11, 16);
    const quietHours = { from: hour(-2), to: hour(2), zone: 'UTC' };
    const channel = await stage.create({ quietHours, urgentKinds: ['incident.opened'] });
    const incident = newId();
    await stage.tell(stage.platform('down', incident), stage.decision());
    await stage.hear();
    await stage.release();
    expect(messenger.subjects).toEqual(['TikTok (us) is down']);
    await stage.tell(stage.platform('recovered', incident));
    await stage.hear();
    await stage.tell(stage.decision(), stage.decision());
    await stage.hear();
    await stage.release();
    expect(messenger.sent).toHaveLength(1);
    const kept = (await stage.log(channel.id)).filter(({ state }: { state: string }) => state === 'quiet');
    expect(kept).toHaveLength(3);
    expect(kept[0].nextAt.slice(11, 16)).toBe(quietHours.to);
    await stage.skip('quiet');
    await Promise.all([stage.release(), stage.release()]);
    await stage.release();
    expect(messenger.subjects.slice(1)).toEqual(['While it was quiet: 4 things happened']);
    const digest = messenger.sent[1]?.message.text ?? '';
    expect(digest).toContain('TikTok (us) is healthy again');
    expect(digest).toContain('3 posts need your decision');
    expect(digest).not.toContain('late');
    const states = (await stage.log(channel.id)).map(
      ({ family, state }: Record<string, string>) => `${family} ${state}`,
    );
    expect(states.sort()).toEqual([
      ...['digest delivered', 'incident delivered', 'incident digested', 'post digested', 'post digested'],
    ]);
  });

  it('let go of what they kept when quiet hours are taken away', async () => {
    const channel = await stage.create({ quietHours: { from: '00:00', to: '23:59', zone: 'UTC' }, urgentKinds: [] });
    await stage.tell(stage.decision());
    await stage.hear();
    await stage.release();
    expect(messenger.sent).toEqual([]);
    expect((await stage.send('PATCH', `/${channel.id}`, { quietHours: null })).body).not.toHaveProperty('quietHours');
    await stage.release();
    expect(messenger.subjects).toEqual(['While it was quiet: 1 thing happened']);
  });
});
