import { describe, expect, it } from '@jest/globals';
import { mimeBody } from './mime-body.js';

const encodingOf = (text: string) => mimeBody(text, undefined, 'x').headers[1]?.[1];
const unquoted = (body: string): string =>
  Buffer.from(
    body
      .replace(/=\r\n/g, '')
      .replace(/=([0-9A-F]{2})/g, (_all, hex: string) => String.fromCharCode(parseInt(hex, 16))),
    'latin1',
  ).toString('utf8');

describe('mimeBody', () => {
  it('sends short ASCII lines as they are, with CRLF', () => {
    expect(mimeBody('Hi\nthere', undefined, 'x')).toEqual({
      headers: [
        ['Content-Type', 'text/plain; charset=utf-8'],
        ['Content-Transfer-Encoding', '7bit'],
      ],
      body: 'Hi\r\nthere\r\n',
    });
  });

  it('never sends a line that a mail server may cut', () => {
    expect(encodingOf('x'.repeat(998))).toBe('quoted-printable');
    expect(encodingOf('x'.repeat(900))).toBe('7bit');
  });

  it('quotes text with some umlauts and says the same', () => {
    const text = `${'Grüße an alle, = Zeichen und mehr. '.repeat(9)}\nEnde mit Blank `;
    const { body, headers } = mimeBody(text, undefined, 'x');
    expect(headers[1]?.[1]).toBe('quoted-printable');
    expect(Math.max(...body.split('\r\n').map(({ length }) => length))).toBeLessThanOrEqual(76);
    expect(body).not.toMatch(/[ \t]\r\n/);
    expect(unquoted(body)).toBe(`${text.replace('\n', '\r\n')}\r\n`);
  });

  it('takes base64 for text that is mostly not ASCII', () => {
    const text = 'Здравствуйте, сегодня видео здесь. '.repeat(8);
    const { body, headers } = mimeBody(text, undefined, 'x');
    expect(headers[1]?.[1]).toBe('base64');
    expect(Math.max(...body.split('\r\n').map(({ length }) => length))).toBeLessThanOrEqual(76);
    expect(Buffer.from(body, 'base64').toString('utf8')).toBe(text);
  });

  it('offers HTML as the last alternative, under a boundary of its own', () => {
    const { headers, body } = mimeBody('Hi', '<p>Hi</p>', '<1@example.org>');
    const boundary = /boundary="(=_[\w-]{24})"/.exec(headers[0]?.[1] ?? '')?.[1] ?? '';
    expect(body.split(`--${boundary}`)).toHaveLength(4);
    expect(body.indexOf('text/plain')).toBeLessThan(body.indexOf('text/html'));
    expect(body.endsWith(`--${boundary}--\r\n`)).toBe(true);
    expect(mimeBody('Hi', '<p>Hi</p>', '<2@example.org>').body).not.toContain(boundary);
  });
});
