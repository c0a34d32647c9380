import { describe, expect, test } from '@jest/globals';
import { isWebPath } from './web-app.js';

describe('which addresses the dashboard answers', () => {
  test.each([
    '/',
    '/calendar',
    '/compose/7f3c',
    '/incidents/7f3c/evidence',
    '/assets/index-abc.js',
    '/scheme.js',
    '/join',
  ])('%s is its own', (path) => expect(isWebPath(path)).toBe(true));

  test.each([
    '/v1/posts',
    '/docs',
    '/healthz',
    '/calendar/secret.ics',
    '/join/newsletter',
    '/status/tea',
    '/now/tea',
    '/l/x',
  ])('%s belongs to somebody else', (path) => expect(isWebPath(path)).toBe(false));
});
