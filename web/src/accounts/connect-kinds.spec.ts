import { describe, expect, it } from '@jest/globals';
import { CONNECT_WAYS, credentialsOf, wayName } from './connect-kinds.ts';

describe('credentialsOf', () => {
  it('sends what was filled in, trimmed, and nothing else', () => {
    const [webhook] = CONNECT_WAYS.discord;
    if (webhook?.kind !== 'credentials') throw new Error('Discord begins with a webhook.');
    expect(credentialsOf(webhook, { webhookUrl: ' https://example.com/hook ', other: 'x' })).toEqual({
      webhookUrl: 'https://example.com/hook',
    });
  });

  it('says that a person posts by hand, and leaves out what is empty', () => {
    const [byHand] = CONNECT_WAYS.upscrolled;
    if (byHand?.kind !== 'handoff') throw new Error('UpScrolled is posted to by hand.');
    expect(credentialsOf(byHand, { notifyEmail: 'ada@example.com', profileUrl: '' })).toEqual({
      mode: 'handoff',
      notifyEmail: 'ada@example.com',
    });
  });
});

describe('CONNECT_WAYS', () => {
  it('names no way of a platform twice, and lets a person post by hand everywhere', () => {
    for (const ways of Object.values(CONNECT_WAYS)) {
      const names = ways.map(wayName);
      expect(new Set(names).size).toBe(names.length);
      expect(names).toContain('handoff');
    }
  });
});
