import { describe, expect, it } from '@jest/globals';
import { smsSizeOf } from './sms-segments.js';
import { confirmText, smsTextOf } from './sms-text.js';

const scene = {
  workspaceName: 'Studio',
  platformName: 'TikTok',
  pageUrl: 'https://mail.example.org/now/AZq3cH7rdGqPfV0W1d3KzYw1n2b3c4d5e6f7g8',
};

describe('smsTextOf', () => {
  it('says in one segment what is down and where to look, and how to leave', () => {
    const text = smsTextOf({ kind: 'blackout' }, null, scene) ?? '';
    expect(text).toBe(`Studio: TikTok is down. Today's video is here: ${scene.pageUrl} Reply STOP to end.`);
    expect(smsSizeOf(text)).toMatchObject({ encoding: 'gsm7', segments: 1 });
    expect(smsSizeOf(confirmText('Studio')).segments).toBe(1);
  });

  it("takes a workspace's own words, and adds the way out when they lack it", () => {
    const own = '{{workspace.name}} moved from {{ incident.platformName }} to {{ pageUrl }}, {{ other }}';
    expect(smsTextOf({ kind: 'news' }, own, scene)).toBe(
      `Studio moved from TikTok to ${scene.pageUrl}, {{ other }} Reply STOP to end.`,
    );
    expect(smsTextOf({ kind: 'news' }, 'Hi, stop ends it', scene)).toBe('Hi, stop ends it');
  });

  it('sends no news that nobody wrote a text for', () => {
    expect(smsTextOf({ kind: 'news' }, null, scene)).toBeUndefined();
  });
});
