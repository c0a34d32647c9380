import { describe, expect, it } from '@jest/globals';
import { fc } from '../../../../test/support/properties.js';
import { classifyReply } from './classify-reply.js';
import { DELIVERY_CLASSES, isHard } from './delivery-class.js';

describe('classifyReply', () => {
  it.each([
    [550, '5.1.1', '<a@b.example>: Recipient address rejected: User unknown', 'hard-address'],
    [550, undefined, '5.1.1 no such user', 'hard-address'],
    [550, undefined, 'Unknown user', 'hard-address'],
    [551, undefined, 'go away', 'hard-address'],
    [552, undefined, 'no', 'mailbox-full'],
    [550, '5.1.2', 'no', 'hard-domain'],
    [550, '5.7.1', 'no', 'policy'],
    [554, '5.6.1', 'no', 'content'],
    [421, undefined, 'bye', 'transient'],
    [450, '4.2.2', 'no', 'mailbox-full'],
    [550, undefined, '', 'unknown'],
    [undefined, undefined, '', 'unknown'],
    [550, '5.0.0', 'something', 'unknown'],
  ] as const)('reads %s %s "%s" as %s', (code, enhanced, text, expected) => {
    expect(classifyReply(code, enhanced, text)).toBe(expected);
  });

  it('finds codes inside of the words, and takes no address of a machine for one', () => {
    expect(classifyReply(undefined, undefined, 'Remote host said: 550-5.1.1 nope')).toBe('hard-address');
    expect(classifyReply(undefined, undefined, 'said (#5.1.2)')).toBe('hard-domain');
    expect(classifyReply(undefined, undefined, 'by 5.1.1.7 at 10.5.1.1')).toBe('unknown');
  });

  it('never calls hard what a server puts off', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 400, max: 499 }), (text, code) => {
        expect(isHard(classifyReply(code, '4.1.1', `user unknown ${text}`))).toBe(false);
      }),
    );
  });

  it.each([
    'blocked using zen.spamhaus.example',
    'sender reputation too low',
    'SPF check failed',
    'rate limit reached',
  ])('takes nobody off the list for "%s", whatever the code says', (text) => {
    expect(classifyReply(550, '5.1.1', `user unknown; ${text}`)).toBe('policy');
  });

  it('answers one of the nine classes for any words', () => {
    fc.assert(
      fc.property(fc.option(fc.integer()), fc.option(fc.string()), fc.string(), (code, enhanced, text) => {
        expect(DELIVERY_CLASSES).toContain(classifyReply(code ?? undefined, enhanced ?? undefined, text));
      }),
    );
  });
});
