import { describe, expect, it } from '@jest/globals';
import { globSync, readFileSync } from 'node:fs';

const CLASS = /^export class (\w+)/gm;

describe('the shapes of the API', () => {
  it('have one name each: of two classes of one name the document and its clients know only one', () => {
    const names = globSync('src/**/*.dto.ts').flatMap((path) =>
      [...readFileSync(path, 'utf8').matchAll(CLASS)].map(([, name]) => name ?? ''),
    );
    expect(names.length).toBeGreaterThan(100);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });
});
