import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';

interface Package {
  readonly version?: string;
  readonly resolved?: string;
  readonly optionalDependencies?: Record<string, string>;
}

const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: Record<string, Package> };

describe('package-lock.json', () => {
  // `npm ci` refuses a lockfile that lacks an optional package which the registry at hand does not serve.
  it('has an entry for every optional package of every platform', () => {
    const locked = new Set(Object.keys(packages).map((path) => path.split('node_modules/').at(-1)));
    const named = Object.values(packages).flatMap((entry) => Object.keys(entry.optionalDependencies ?? {}));
    expect(named.length).toBeGreaterThan(20);
    expect(named.filter((name) => !locked.has(name))).toEqual([]);
  });

  it('names no registry host', () => {
    const hosts = Object.values(packages).filter(({ resolved }) => resolved?.startsWith('http'));
    expect(hosts).toEqual([]);
  });
});
