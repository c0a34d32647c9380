import { describe, expect, it } from '@jest/globals';
import { HostedLinks } from './hosted-links.js';

const KEY = Buffer.alloc(32, 7);
const UNTIL = new Date('2026-01-27T18:00:00.400Z');
const media = { workspaceId: 'w1', id: 'm1', mimeType: 'video/mp4' };
const links = new HostedLinks(KEY, 'https://perennial.example/app/');

/** The parts of an address as a router sees them. */
const partsOf = (url: string | undefined) => {
  const [name = '', expires = '', mediaId = '', workspaceId = ''] = new URL(url ?? '').pathname.split('/').reverse();
  return { file: { workspaceId, mediaId, expiresSeconds: Number(expires) }, name };
};
const { file, name } = partsOf(links.addressesOf(media)?.(UNTIL));
const NOW = new Date('2026-01-27T12:00:00Z');

describe('signed addresses of stored videos', () => {
  it('lie under the public address, in plain ASCII, without a query', () => {
    expect(links.addressesOf(media)?.(UNTIL)).toMatch(
      /^https:\/\/perennial\.example\/app\/hosted\/w1\/m1\/1769536801\/[\w-]{43}\.mp4$/,
    );
    expect(links.addressesOf({ ...media, mimeType: 'video/quicktime' })?.(UNTIL)).toMatch(/\.mov$/);
  });

  it('hold until their second is over', () => {
    expect(links.judge(file, name, NOW)).toBe('valid');
    expect(links.judge(file, name, UNTIL)).toBe('valid');
    expect(links.judge(file, name, new Date('2026-01-27T18:00:01Z'))).toBe('expired');
  });

  it.each([
    ['another file', { ...file, mediaId: 'm2' }, name],
    ['another workspace', { ...file, workspaceId: 'w2' }, name],
    ['a longer time', { ...file, expiresSeconds: file.expiresSeconds + 1 }, name],
    ['no time at all', { ...file, expiresSeconds: Number.NaN }, name],
    ['a bit changed', file, `A${name.slice(1)}` === name ? `B${name.slice(1)}` : `A${name.slice(1)}`],
    ['half a signature', file, name.slice(0, 20)],
    ['no signature', file, '.mp4'],
  ])('are forged with %s', (_name, changed, signature) => {
    expect(links.judge(changed, signature, NOW)).toBe('forged');
  });

  it('are another installation’s under another key', () => {
    expect(new HostedLinks(Buffer.alloc(32, 8), undefined).judge(file, name, NOW)).toBe('forged');
  });

  it('are not made where nobody outside can reach us', () => {
    expect(new HostedLinks(KEY, undefined).addressesOf(media)).toBeUndefined();
  });
});
