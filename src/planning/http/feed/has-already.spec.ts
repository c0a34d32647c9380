import { describe, expect, it } from '@jest/globals';
import { hasAlready } from './has-already.js';

const there = { etag: '"abc"', changedAt: new Date('2026-11-21T10:00:00Z') };
const asks = (ifNoneMatch?: string, ifModifiedSince?: string) => hasAlready({ ifNoneMatch, ifModifiedSince }, there);

describe('hasAlready', () => {
  it('believes a tag alone, whatever the date says', () => {
    expect(asks('"abc"')).toBe(true);
    expect(asks('"x", W/"abc"')).toBe(true);
    expect(asks('*')).toBe(true);
    expect(asks('"x"', 'Sat, 21 Nov 2026 10:00:00 GMT')).toBe(false);
  });

  it('compares dates where no tag is sent, and sends all to who sends nonsense', () => {
    expect(asks(undefined, 'Sat, 21 Nov 2026 10:00:00 GMT')).toBe(true);
    expect(asks(undefined, 'Sat, 21 Nov 2026 09:59:59 GMT')).toBe(false);
    expect(asks(undefined, 'yesterday')).toBe(false);
    expect(asks()).toBe(false);
  });
});
