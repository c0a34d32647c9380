import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { STALE_AFTER } from './stale-after.ts';

type Routes = Readonly<Record<string, Readonly<Record<string, { readonly tags?: readonly string[] }>>>>;

const { paths } = JSON.parse(readFileSync('web/openapi.json', 'utf8')) as { readonly paths: Routes };
const known = new Set(
  Object.values(paths).flatMap((methods) => Object.values(methods).flatMap(({ tags = [] }) => tags)),
);

describe('STALE_AFTER', () => {
  it('names only tags that some route has: any other would refresh nothing', () => {
    const named = new Set(Object.values(STALE_AFTER).flat());
    expect([...named].filter((tag) => !known.has(tag))).toEqual([]);
  });
});
