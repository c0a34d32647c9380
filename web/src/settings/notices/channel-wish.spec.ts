import { describe, expect, it } from '@jest/globals';
import { draftOfChannel, NEW_CHANNEL, toChannelChange, toChannelWish } from './channel-wish.ts';

describe('toChannelWish', () => {
  it('sends what belongs to the kind and nothing that was typed for another', () => {
    const draft = {
      ...NEW_CHANNEL,
      name: ' Team ',
      email: 'a@example.com',
      kind: 'telegram' as const,
      botToken: '1:x',
      chatId: ' 42 ',
    };
    expect(toChannelWish(draft)).toEqual({
      name: 'Team',
      kind: 'telegram',
      minSeverity: 'warning',
      botToken: '1:x',
      chatId: '42',
    });
  });

  it('names quiet hours only when they are wanted', () => {
    expect(toChannelWish({ ...NEW_CHANNEL, quietZone: 'Europe/Paris', isQuiet: true }).quietHours).toEqual({
      ...{ from: '22:00', to: '07:00', zone: 'Europe/Paris' },
    });
    expect(toChannelWish(NEW_CHANNEL)).not.toHaveProperty('quietHours');
  });
});

describe('toChannelChange', () => {
  const channel = {
    ...{ id: '1', scope: 'workspace' as const, kind: 'telegram' as const, name: 'Team', destination: '…', kinds: [] },
    ...{ status: 'active' as const, minSeverity: 'info' as const, urgentKinds: [], createdAt: '' },
    quietHours: { from: '21:00', to: '06:00', zone: 'Asia/Tokyo' },
  };

  it('leaves token and chat as they are unless they are typed anew', () => {
    expect(toChannelChange({ ...draftOfChannel(channel, 'UTC'), chatId: '7' })).toEqual({
      ...{ name: 'Team', minSeverity: 'info', chatId: '7' },
      quietHours: { from: '21:00', to: '06:00', zone: 'Asia/Tokyo' },
    });
  });

  it('ends quiet hours by saying so', () => {
    expect(toChannelChange({ ...draftOfChannel(channel, 'UTC'), isQuiet: false })).toMatchObject({ quietHours: null });
  });
});
