import { describe, expect, it } from '@jest/globals';
import { hintOf, readDestination } from './destination.js';

const DISCORD = 'https://discord.com/api/v10';
const token = 'abcDEF-123_abcDEF-123';
const botToken = `123456:${'A'.repeat(35)}`;

describe('where a channel leads', () => {
  it('keeps id and token of a Discord webhook, whichever client it was copied from', () => {
    for (const host of ['discord.com/api', 'discordapp.com/api', 'ptb.discord.com/api/v10'])
      expect(readDestination('discord', { webhookUrl: `https://${host}/webhooks/12345/${token}` }, DISCORD)).toEqual({
        kind: 'discord',
        webhookId: '12345',
        token,
      });
  });

  it.each([
    `https://evil.example/api/webhooks/12345/${token}`,
    `http://discord.com/api/webhooks/12345/${token}`,
    `https://discord.com@evil.example/api/webhooks/12345/${token}`,
    `https://discord.com:8443/api/webhooks/12345/${token}`,
    'https://discord.com/api/webhooks/12345',
    `https://discord.com/api/webhooks/12345/${token}?thread_id=x`,
    'not a url',
  ])('refuses %s as a Discord webhook', (webhookUrl) => {
    expect(() => readDestination('discord', { webhookUrl }, DISCORD)).toThrow(/webhookUrl/);
  });

  it('refuses what belongs to another kind, and what is missing, by name', () => {
    expect(() => readDestination('email', { email: 'a@b.example', chatId: '1' }, DISCORD)).toThrow(
      /chatId: is not for/,
    );
    expect(() => readDestination('telegram', { botToken }, DISCORD)).toThrow(/chatId: is needed/);
    expect(() => readDestination('email', { email: 'nobody' }, DISCORD)).toThrow(/email/);
    expect(() => readDestination('telegram', { botToken: 'x', chatId: '1' }, DISCORD)).toThrow(/botToken/);
    expect(() => readDestination('telegram', { botToken, chatId: 'me' }, DISCORD)).toThrow(/chatId/);
  });

  it('is shown without what would open it', () => {
    expect(hintOf({ kind: 'email', address: 'joanna@example.com' })).toBe('jo…@example.com');
    expect(hintOf({ kind: 'email', address: 'j@example.com' })).toBe('j…@example.com');
    expect(hintOf({ kind: 'discord', webhookId: '12345', token })).not.toContain(token);
    expect(hintOf({ kind: 'telegram', botToken, chatId: '-100' })).toBe('bot 123456, chat -100');
  });
});
