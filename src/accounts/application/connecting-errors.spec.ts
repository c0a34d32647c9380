import { describe, expect, it } from '@jest/globals';
import { credentialsRefused } from './connecting-errors.js';

describe('refused credentials', () => {
  it('say what was missing and what the platform takes', () => {
    const detail = 'give a webhookUrl of Discord, or a botToken with a channelId';
    expect(credentialsRefused('discord', { detail }).message).toBe(
      'Discord does not accept these credentials. Give a webhookUrl of Discord, or a botToken with a channelId. ' +
        'Check them, or get new ones from the platform, and try again; ' +
        'it takes {"webhookUrl": "…"}, or {"botToken": "…", "channelId": "…"}.',
    );
  });

  it('say at least what the platform takes when it gave no reason', () => {
    expect(credentialsRefused('tiktok', {}).message).toBe(
      'TikTok does not accept these credentials. Check them, or get new ones from the platform, and try again; ' +
        'it takes {"accessToken": "…", "refreshToken": "…"}.',
    );
  });
});
