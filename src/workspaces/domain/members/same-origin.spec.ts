import { describe, expect, it } from '@jest/globals';
import { mayActByCookie } from './same-origin.js';

const OURS = 'https://app.example.com/base';
const may = (headers: { site?: string; origin?: string; host?: string }, method = 'POST') =>
  mayActByCookie(
    { method, secFetchSite: headers.site, origin: headers.origin, host: headers.host ?? 'app.example.com' },
    OURS,
  );

describe('mayActByCookie', () => {
  it('lets our own pages change things, and nobody else', () => {
    expect(may({ site: 'same-origin' })).toBe(true);
    expect(may({ site: 'same-site' })).toBe(false);
    expect(may({ site: 'cross-site' })).toBe(false);
    expect(may({ site: 'cross-site', origin: 'https://app.example.com' })).toBe(false);
  });

  it('asks the origin where the browser does not say the site', () => {
    expect(may({ origin: 'https://app.example.com' })).toBe(true);
    expect(may({ origin: 'http://127.0.0.1:3000', host: '127.0.0.1:3000' })).toBe(true);
    expect(may({ origin: 'https://evil.example' })).toBe(false);
    expect(may({ origin: 'https://app.example.com.evil.example' })).toBe(false);
    expect(may({ origin: 'null' })).toBe(false);
  });

  it('refuses a change of which nothing tells where it comes from', () => {
    expect(may({})).toBe(false);
  });

  it('lets everybody read: the answer stays with the browser', () => {
    expect(may({ site: 'cross-site' }, 'GET')).toBe(true);
    expect(may({}, 'HEAD')).toBe(true);
  });
});
