import { describe, expect, it } from '@jest/globals';
import { fc } from '../support/properties.js';
import { classifyInbound } from '../../src/audience/domain/bounces/classify-inbound.js';

const MEGABYTE = 1_048_576;

/** A gate against hanging, twenty times what a slow machine needs. */
const BOUND_MS = 4_000;

const timed = (raw: Buffer): number => {
  const startedAt = performance.now();
  classifyInbound(raw, ['b+x@bounce.example.org']);
  return performance.now() - startedAt;
};

const filled = (unit: string): Buffer => Buffer.from(unit.repeat(Math.ceil(MEGABYTE / unit.length)).slice(0, MEGABYTE));

const SHELL = 'From: MAILER-DAEMON@x.example\nContent-Type: multipart/report; boundary=B\n\n--B\nContent-Type: ';

describe('classifyInbound', () => {
  it('never throws on bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 2_000 }), (bytes) => void classifyInbound(Buffer.from(bytes))));
  });

  it('never throws on what almost is a report', () => {
    const word = fc.constantFrom(
      ...[
        'Content-Type: ',
        'multipart/report; boundary="',
        'B"',
        '\n',
        '\n\n',
        '--B',
        '--B--',
        ': ',
        ';',
        '=?utf-8?B?',
      ],
      ...[
        'message/delivery-status',
        'Action: failed',
        'Status: 5.1.1',
        'Final-Recipient: rfc822;',
        '=E9',
        '\u0000',
        '\t',
      ],
      ...[
        'message/feedback-report',
        'Content-Transfer-Encoding: base64',
        'charset=iso-2022-jp',
        'charset=none',
        '"',
        '\r',
      ],
    );
    const message = fc.array(fc.oneof(word, fc.string({ maxLength: 20 })), { maxLength: 60 });
    fc.assert(
      fc.property(message, (words) => {
        const { finding, traces } = classifyInbound(Buffer.from(words.join('')));
        expect(['bounce', 'complaint', 'other']).toContain(finding.kind);
        expect(traces.returnPaths.length).toBeLessThanOrEqual(20);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['one letter', filled('a')],
    ['spaces', filled(' ')],
    ['empty lines', filled('\n')],
    ['headers', filled('X-A: b\n')],
    ['folded headers', Buffer.concat([Buffer.from('X-A: b\n'), filled(' c\n')])],
    ['boundaries', Buffer.concat([Buffer.from(`${SHELL}text/plain\n\n`), filled('\n--B\n\n')])],
    ['multiparts in multiparts', filled('Content-Type: multipart/mixed; boundary=B\n\n--B\n')],
    ['encoded words', Buffer.concat([Buffer.from('Subject: '), filled('=?utf-8?Q?=')])],
    ['quoted pairs', Buffer.concat([Buffer.from(`${SHELL}text/plain; x="`), filled('\\"')])],
    ['addresses', Buffer.concat([Buffer.from(`To: `), filled('a@b, ')])],
    [
      'words of bounces',
      Buffer.concat([Buffer.from(`${SHELL}text/plain\n\n`), filled('mailbox user domain host is ')]),
    ],
    ['tags', Buffer.concat([Buffer.from(`${SHELL}text/html\n\n`), filled('<style <a ')])],
    [
      'status groups',
      Buffer.concat([Buffer.from(`${SHELL}message/delivery-status\n\n`), filled('Action: failed\n\n')]),
    ],
    ['a subject that asks', Buffer.concat([Buffer.from('Subject: please confirm '), filled('click your message is ')])],
  ])('reads a megabyte of %s in bounded time', (_, raw) => {
    expect(timed(raw)).toBeLessThan(BOUND_MS);
  });

  it('finds an unsubscribe wish in the envelope and in the subject of older mails', () => {
    const token = 'AAAAAAAAAAAAAAAAAAAAAA';
    const byEnvelope = classifyInbound(Buffer.from('Subject: \n\n'), [`unsubscribe+${token}@bounce.example.org`]);
    const bySubject = classifyInbound(Buffer.from(`Subject: unsubscribe ${token}\n\n`));
    expect(byEnvelope.traces.unsubscribeTokens).toEqual([token]);
    expect(bySubject.traces.unsubscribeTokens).toEqual([token]);
    expect(classifyInbound(Buffer.from('Subject: unsubscribe me please\n\n')).traces.unsubscribeTokens).toEqual([]);
  });

  it('judges by the recipient that failed when a report names several', () => {
    const raw = `${SHELL}message/delivery-status\n\nReporting-MTA: dns; x\n\nFinal-Recipient: rfc822; a@x.example
Action: delivered\nStatus: 2.0.0\n\nFinal-Recipient: rfc822; <B@X.example>\nAction: failed\nStatus: 5.1.1\n--B--\n`;
    const { finding } = classifyInbound(Buffer.from(raw));
    expect(finding).toMatchObject({ deliveryClass: 'hard-address', isFinal: true, recipient: 'b@x.example' });
  });
});
