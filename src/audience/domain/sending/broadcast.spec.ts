import { describe, expect, it } from '@jest/globals';
import { BROADCAST_STATUSES, contentHash, mayChange } from './broadcast.js';

const allowed = ['draft>scheduled', 'draft>sending', 'draft>cancelled'].concat(
  ['scheduled>draft', 'scheduled>sending', 'scheduled>cancelled'],
  ['sending>paused', 'sending>sent', 'sending>cancelled'],
  ['paused>sending', 'paused>cancelled'],
);
const pairs = BROADCAST_STATUSES.flatMap((from) => BROADCAST_STATUSES.map((to) => ({ from, to })));

describe('mayChange', () => {
  it.each(pairs)('$from to $to follows the table', ({ from, to }) => {
    expect(mayChange(from, to)).toBe(allowed.includes(`${from}>${to}`));
  });
});

describe('contentHash', () => {
  const content = {
    kind: 'news',
    tags: ['b', 'a'],
    segmentId: null,
    subject: 's',
    bodyText: 't',
    bodyHtml: null,
  } as const;

  it('does not depend on the order of tags', () => {
    expect(contentHash({ ...content, tags: ['a', 'b'] })).toEqual(contentHash(content));
  });

  it('changes with every word', () => {
    expect(contentHash({ ...content, bodyText: 'u' })).not.toEqual(contentHash(content));
  });
});
