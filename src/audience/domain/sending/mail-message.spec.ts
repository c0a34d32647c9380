import { describe, expect, it } from '@jest/globals';
import { addressIn, mailIdentity } from './mail-identity.js';
import { broadcastMail, type BroadcastMailParts, confirmationMail } from './mail-message.js';

const identity = mailIdentity('Perennial <news@example.org>', 'https://mail.example.org');
const url = 'https://mail.example.org/unsubscribe/tok';
const parts = (text: string, isAutomatic = false): BroadcastMailParts => ({
  identity,
  broadcast: { id: 'b1', kind: 'blackout', isAutomatic },
  workspace: { id: 'w1', name: 'Ana' },
  recipient: { email: 'fan@example.net', messageId: '<b1.aa@example.org>', unsubscribeToken: 'tok' },
  content: { subject: 'Down', text, html: '<p>Hi</p>' },
});

describe('mailIdentity', () => {
  it('finds the address and its domain', () => {
    expect(addressIn('news@example.org')).toBe('news@example.org');
    expect(identity.domain).toBe('example.org');
  });
});

describe('broadcastMail', () => {
  it('lets one click unsubscribe, by web and by mail', () => {
    const { headers } = broadcastMail(parts('Hi'));
    expect(headers['List-Unsubscribe']).toBe(`<${url}>, <mailto:news@example.org?subject=unsubscribe%20tok>`);
    expect(headers['List-Unsubscribe-Post']).toBe('List-Unsubscribe=One-Click');
    expect(headers['List-Id']).toBe('<w1.backup.example.org>');
    expect(headers['Feedback-ID']).toBe('b1:w1:blackout:perennial');
  });

  it('promises one click only where it works: over https', () => {
    const local = { ...parts('Hi'), identity: mailIdentity('news@example.org', 'http://127.0.0.1:3000') };
    const { headers } = broadcastMail(local);
    expect(headers['List-Unsubscribe']).toContain('<http://127.0.0.1:3000/unsubscribe/tok>');
    expect(headers).not.toHaveProperty('List-Unsubscribe-Post');
  });

  it('says that no person sent it only when none did', () => {
    expect(broadcastMail(parts('Hi')).headers).not.toHaveProperty('Auto-Submitted');
    expect(broadcastMail(parts('Hi', true)).headers['Auto-Submitted']).toBe('auto-generated');
  });

  it('adds the way out to a body that forgot it, once', () => {
    expect(broadcastMail(parts('Hi')).text).toContain(url);
    expect(broadcastMail(parts('Hi')).html).toContain(`href="${url}"`);
    expect(broadcastMail(parts(`Leave: ${url}`)).text).toBe(`Leave: ${url}`);
  });
});

describe('confirmationMail', () => {
  it('carries the link and keeps line breaks out of the subject', () => {
    const mail = confirmationMail({
      identity,
      workspaceName: 'Ana\r\nBcc: all@example.org',
      email: 'fan@example.net',
      token: 'tok',
      subscriberId: 's1',
      number: 2,
    });
    expect(mail.subject).toBe('Please confirm: mail from Ana Bcc: all@example.org');
    expect(mail.text).toContain('https://mail.example.org/confirm/tok');
    expect(mail.messageId).toBe('<confirm.s1.2@example.org>');
  });
});
