import { describe, expect, it } from '@jest/globals';
import { handOffMail } from './hand-off-mail.js';

const parts = {
  handOff: {
    id: 'h1',
    accountName: '@mara',
    caption: 'Soup\r\nBcc: everyone@example.com #soup',
    expiresAt: new Date('2026-01-27T12:00:00Z'),
  },
  platformName: 'UpScrolled',
  number: 1,
  url: 'https://app.example/handoff/abc',
  to: 'mara@example.com',
  from: 'Perennial <news@example.com>',
  domain: 'example.com',
} as const;

describe('the mail of a hand-off', () => {
  it('says what, where and until when, with the link', () => {
    const mail = handOffMail(parts);
    expect(mail.subject).toContain('UpScrolled, @mara: Soup');
    expect(mail.text).toContain(parts.url);
    expect(mail.text).toContain('2026-01-27 12:00 UTC');
  });

  it('keeps a caption’s line breaks out of the header', () => {
    expect(handOffMail(parts).subject).not.toMatch(/\p{Cc}/u);
  });

  it('has one Message-ID per mail, however often it is written', () => {
    expect(handOffMail(parts).messageId).toBe(handOffMail(parts).messageId);
    expect(handOffMail({ ...parts, number: 2 }).messageId).not.toBe(handOffMail(parts).messageId);
  });
});
