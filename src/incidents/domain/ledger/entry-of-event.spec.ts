import { describe, expect, it } from '@jest/globals';
import { EVENT_TYPES } from '../../../kernel/event-catalogue.js';
import { changedIncidents, DECISIONS, entryOfEvent, type FollowedEvent } from './entry-of-event.js';

const event = (
  type: string,
  payload: Record<string, unknown> = {},
  workspaceId: string | null = 'w',
): FollowedEvent => ({
  id: '7',
  xid: '900',
  workspaceId,
  type,
  subjectId: 's',
  payload: { platform: 'tiktok', region: 'us', ...payload },
  at: new Date('2026-01-25T10:00:00Z'),
});

describe('the line of an event', () => {
  it('is a decision about its target, named by its place in the outbox', () => {
    const replacement = { targetId: 'r', accountId: 'b', platform: 'shorts' };
    expect(entryOfEvent(event('post.rerouted', { targetId: 't', replacement }))).toMatchObject({
      place: { by: 'target', targetId: 't' },
      draft: {
        sourceKey: 'event|900-7',
        kind: 'decision',
        workspaceId: 'w',
        text: 'Rerouted from TikTok to YouTube Shorts.',
      },
    });
  });

  it.each(DECISIONS)('says %s in a sentence of its own', (type) => {
    const line = entryOfEvent(event(type, { targetId: 't' }));
    expect(line?.draft.text).toMatch(/^\S.*TikTok.*\.$/);
    expect(EVENT_TYPES).toContain(type);
  });

  it('names why and until when it waits, and what failed', () => {
    const held = event('post.held', { targetId: 't', holdReason: 'platform', holdUntil: '2026-01-25T12:00:00.000Z' });
    expect(entryOfEvent(held)?.draft.text).toBe('Held on TikTok until 2026-01-25T12:00:00.000Z: platform.');
    const error = { category: 'platform_error', source: 'platform', outcome: 'not_sent' };
    const failed = entryOfEvent(event('post.failed', { targetId: 't', error }));
    expect(failed?.draft.text).toBe('Failed on TikTok: platform_error, outcome not_sent.');
  });

  it('belongs to the workspace that pinned the platform, or to nobody when an operator did', () => {
    const pinned = { state: 'down', reason: 'I see it' };
    expect(entryOfEvent(event('platform.overridden', pinned))).toMatchObject({
      draft: { workspaceId: 'w', text: 'TikTok was pinned down in us: I see it' },
      place: { by: 'platform', platform: 'tiktok', region: 'us' },
    });
    expect(entryOfEvent(event('platform.overridden', { ...pinned, region: null }, null))).toMatchObject({
      draft: { workspaceId: null, text: 'TikTok was pinned down in every region: I see it' },
      place: { region: null },
    });
  });

  it('says that a person stopped the platform, in every region, and let it go on', () => {
    const stopped = { scope: 'platform', region: undefined, reason: 'Recall' };
    expect(entryOfEvent(event('platform.paused', stopped))).toMatchObject({
      draft: { kind: 'override', workspaceId: 'w', text: 'Publishing to TikTok was paused by hand: Recall' },
      place: { by: 'platform', platform: 'tiktok', region: null },
    });
    expect(entryOfEvent(event('platform.resumed', { scope: 'platform' }, null))?.draft.text).toMatch(/goes on/);
    expect(entryOfEvent(event('workspace.paused', { scope: 'workspace', platform: null }))).toBeUndefined();
  });

  it('is an advisory where the radar names a platform', () => {
    const alert = entryOfEvent(event('radar.alert', { summary: 'Many say TikTok is down.' }, null));
    expect(alert).toMatchObject({
      draft: { kind: 'advisory', workspaceId: null, text: 'Many say TikTok is down.' },
      place: { by: 'platform', platform: 'tiktok', region: 'us' },
    });
    expect(entryOfEvent(event('radar.alert', { platform: undefined }, null))).toBeUndefined();
  });

  it('is a message to the audience only where an incident is named', () => {
    expect(entryOfEvent(event('broadcast.sent', { kind: 'all_clear', incidentId: 'i' }))).toMatchObject({
      place: { by: 'incident', incidentId: 'i' },
      draft: { kind: 'audience', text: 'The all-clear message has gone out to the backup list.' },
    });
    expect(entryOfEvent(event('broadcast.sent', { kind: 'news', incidentId: null }))).toBeUndefined();
  });

  it.each(['post.scheduled', 'route.changed', 'account.paused', 'platform.down'])('is none for %s', (type) => {
    expect(entryOfEvent(event(type, { targetId: 't' }))).toBeUndefined();
  });
});

describe('incidents that changed', () => {
  it('are named once, with whether any of them got worse', () => {
    const down = event('platform.down', { incidentId: 'i' }, null);
    const back = event('platform.recovered', { incidentId: 'j' }, null);
    expect(changedIncidents([down, down, back])).toEqual({ ids: ['i', 'j'], hasOpened: true });
    expect(changedIncidents([back])).toEqual({ ids: ['j'], hasOpened: false });
    expect(changedIncidents([event('platform.down', { incidentId: null }, null)]).ids).toEqual([]);
  });
});
