import { describe, expect, it } from '@jest/globals';
import { callerOf } from './caller.js';

const of = (path: string, authorization?: string, address = '203.0.113.7') =>
  callerOf({ path, authorization, address });

describe('callerOf', () => {
  it('counts a key by itself, wherever it comes from, and does not keep it', () => {
    const one = of('/v1/posts', 'Bearer prn_live_a');
    expect(of('/v1/media', 'Bearer prn_live_a', '198.51.100.1')).toEqual(one);
    expect(of('/v1/posts', 'Bearer prn_live_b')).not.toEqual(one);
    expect(JSON.stringify(one)).not.toContain('prn_live');
  });

  it('counts who has no key by address, and public pages apart and whatever they carry', () => {
    expect(of('/v1/posts')).toEqual({ policy: 'address', id: '203.0.113.7' });
    expect(of('/v1/public/workspaces/x/subscribe', 'Bearer made-up')).toEqual({ policy: 'public', id: '203.0.113.7' });
    expect(of('/handoff/token')?.policy).toBe('public');
    expect(of('/calendar/token.ics')?.policy).toBe('public');
  });

  it('counts neither platforms that call, nor one-click unsubscribe, nor liveness', () => {
    for (const path of ['/v1/hooks/tiktok', '/unsubscribe/token', '/healthz', '/docs'])
      expect(of(path)).toBeUndefined();
  });

  it('counts one IPv6 network as one client', () => {
    expect(of('/v1/x', undefined, '2001:db8:1:2::1')).toEqual(of('/v1/x', undefined, '2001:db8:1:2:ffff::9'));
    expect(of('/v1/x', undefined, '2001:db8:1:3::1')).not.toEqual(of('/v1/x', undefined, '2001:db8:1:2::1'));
    expect(of('/v1/x', undefined, '::ffff:203.0.113.7')?.id).toBe('203.0.113.7');
  });

  it('counts all that a proxy names in no address as one, however it is written', () => {
    for (const odd of ['1:2:3:4:5:6:7::8:9:a', 'unknown-host', '', '203.0.113.7, 10.0.0.1', '_'.repeat(9_000)])
      expect(of('/v1/x', undefined, odd)).toEqual({ policy: 'address', id: 'unknown' });
  });
});
