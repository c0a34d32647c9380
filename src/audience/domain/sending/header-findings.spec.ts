import { describe, expect, it } from '@jest/globals';
import { headerFindings } from './header-findings.js';

const HEADERS: Readonly<Record<string, string>> = {
  From: 'Studio <news@example.org>',
  To: 'ana@example.net',
  Subject: 'Down',
  Date: 'Sun, 25 Jan 2026 10:00:00 +0000',
  'Message-ID': '<a.b@example.org>',
  'MIME-Version': '1.0',
  'Content-Type': 'text/plain; charset=utf-8',
  'List-Unsubscribe': '<https://example.org/unsubscribe/x>,\r\n <mailto:news@example.org>',
  'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
};

/** @param change a header with another value; undefined: without it */
const found = (change: Readonly<Record<string, string | undefined>>, recipients = 1) => {
  const lines = Object.entries({ ...HEADERS, ...change }).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}: ${value}`],
  );
  const raw = Buffer.from(`${lines.join('\r\n')}\r\n\r\nHi`).toString('latin1');
  return headerFindings(raw, recipients).map(({ level, message }) => `${level}: ${message}`);
};

describe('headerFindings', () => {
  it('has nothing to say about a message in order, nor about a reader whose address is beyond ASCII', () => {
    expect(found({})).toEqual([]);
    expect(found({ To: 'josé@example.net' })).toEqual([]);
  });

  it.each([
    [{ Subject: undefined }, 'blocking: The header subject must be there exactly once.'],
    [{ Subject: 'é' }, 'blocking: A header line is longer than 998 characters or holds something else than ASCII.'],
    [{ 'List-Id': 'x'.repeat(1_000) }, expect.stringContaining('longer than 998')],
    [{ 'List-Unsubscribe-Post': undefined }, expect.stringContaining('warning: Readers cannot leave by one click')],
    [{ 'List-Unsubscribe': '<https://example.org/x>' }, 'warning: Readers cannot leave by mail.'],
  ])('of %j says what is wrong', (change, finding) => {
    expect(found(change)).toEqual([finding]);
  });

  it('demands one click of a bulk sender', () => {
    expect(found({ 'List-Unsubscribe-Post': undefined }, 5_000)).toEqual([expect.stringMatching(/^blocking/)]);
  });
});
