import { describe, expect, it } from '@jest/globals';
import { accessMail } from './access-mail.js';

const DUE = {
  kind: 'invite',
  id: 'i1',
  email: 'ada@example.com',
  workspaceName: 'Tea\r\nBcc: all@example.com',
  role: 'editor',
  expiresAt: new Date('2026-12-01T10:00:00Z'),
  tries: 1,
} as const;
const PARTS = { token: 'tok', publicUrl: 'https://app.example.com', from: 'Perennial <news@example.com>' };

describe('the mail of a link', () => {
  it('keeps the secret behind #, and says until when it works', () => {
    const { text } = accessMail({ ...PARTS, due: DUE });
    expect(text).toContain('https://app.example.com/join#tok');
    expect(text).toContain('until 2026-12-01 10:00 UTC');
    expect(accessMail({ ...PARTS, due: { ...DUE, kind: 'reset' } }).text).toContain('/new-password#tok');
  });

  it('lets no name of a workspace end a header', () => {
    expect(accessMail({ ...PARTS, due: DUE }).subject).toBe('Join Tea Bcc: all@example.com on Perennial');
  });
});
