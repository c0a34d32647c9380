import { describe, expect, it } from '@jest/globals';
import { MailcheckerDomains } from './mailchecker-domains.js';

const domains = new MailcheckerDomains();

describe('MailcheckerDomains', () => {
  it.each(['ana@mailinator.com', 'ana@deep.sub.mailinator.com', 'ana@yopmail.com'])('knows %s', (email) => {
    expect(domains.isDisposable(email)).toBe(true);
  });

  it.each([
    'ana@gmail.com',
    'ana@example.org',
    'ana@mailinator.example',
    'jos\u00e9@xn--bcher-kva.example',
    'ana@localhost',
  ])('lets %s pass', (email) => {
    expect(domains.isDisposable(email)).toBe(false);
  });
});
