import { describe, expect, it } from '@jest/globals';
import { exitOf, type WayOutDto } from './way-out.ts';

const way = (rest: Partial<WayOutDto> = {}): WayOutDto => ({
  accountId: 'tt',
  onDown: 'reroute',
  fallbacks: [],
  ...rest,
});
const bad = { accountId: 'ig', fault: 'same_platform', message: 'Same platform.' } as const;

describe('exitOf', () => {
  it('goes to the first fallback that can take the post, and tells why earlier ones cannot', () => {
    expect(exitOf(way({ fallbacks: [bad, { accountId: 'sky' }] }))).toMatchObject({
      kind: 'goes',
      to: 'sky',
      why: ['Same platform.'],
    });
  });

  it('is stranded with the reason of every fallback, or with none named', () => {
    expect(exitOf(way({ fallbacks: [bad] }))).toMatchObject({ kind: 'stranded', why: ['Same platform.'] });
    expect(exitOf(way())).toMatchObject({ kind: 'stranded', hasFallbacks: false });
  });

  it('follows a route that holds or goes on trying', () => {
    expect(exitOf(way({ onDown: 'hold', fallbacks: [{ accountId: 'sky' }] })).kind).toBe('waits');
    expect(exitOf(way({ onDown: 'publish' })).kind).toBe('tries');
  });
});
