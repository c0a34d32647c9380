import { describe, expect, it } from '@jest/globals';
import { EventEmitter } from 'node:events';
import type { Response } from 'express';
import type { AuthenticatedRequest } from '../principal.js';
import { createRateLimit } from './rate-limit.middleware.js';

/** One request from an address; `good`: the guard lets its key in. @returns whether it was refused, and its headers */
const client = (perMinute: number) => {
  const limit = createRateLimit({ perMinute, publicPerMinute: perMinute });
  return (key: string | undefined, { good = false, path = '/v1/posts', ip = '203.0.113.7' } = {}) => {
    const headers: Record<string, string> = {};
    const response = Object.assign(new EventEmitter(), {
      setHeader: (name: string, value: string) => void (headers[name] = value),
    });
    const request: Record<string, unknown> = { path, ip, headers: key ? { authorization: `Bearer ${key}` } : {} };
    let refusal: unknown;
    limit(request as unknown as AuthenticatedRequest, response as unknown as Response, (error?: unknown) => {
      refusal = error;
      if (good && error === undefined) request.principal = { workspaceId: 'w' };
    });
    response.emit('close');
    return { isRefused: refusal !== undefined, headers };
  };
};

describe('the rate limit', () => {
  it('lets nobody through more often by inventing keys', () => {
    const call = client(10);
    const passed = Array.from({ length: 100 }, (_, n) => call(`invented-${n}`)).filter(({ isRefused }) => !isRefused);
    expect(passed).toHaveLength(10);
  });

  it('keeps a key that has proved good apart from strangers at the same address', () => {
    const call = client(10);
    expect(call('mine', { good: true }).isRefused).toBe(false);
    for (let n = 0; n < 50; n += 1) call(`invented-${n}`);
    const { isRefused, headers } = call('mine', { good: true });
    expect(isRefused).toBe(false);
    expect(headers.RateLimit).toMatch(/^"key";r=8/);
  });

  it('does not take a key for good that only met routes for everyone', () => {
    const call = client(10);
    for (let n = 0; n < 10; n += 1) call('invented', { path: '/v1/openapi.json' });
    expect(call('another')).toMatchObject({ isRefused: true, headers: { 'Retry-After': expect.any(String) } });
  });
});
