import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import type { BrowserContext, Response } from 'playwright-core';

/** What the dashboard may weigh until its first page stands, gzipped (issue 8). */
export const MOST_FIRST_BYTES = 250_000;

/** Counts what a browser fetches of the built dashboard from now on. @returns gzipped bytes by file */
export const weighFiles = (context: BrowserContext): (() => Promise<ReadonlyMap<string, number>>) => {
  const paths = new Set<string>();
  context.on('response', (response: Response) => {
    const { pathname } = new URL(response.url());
    if (pathname.startsWith('/assets/') || /\.(?:js|svg)$/.test(pathname)) paths.add(`dist/web${pathname}`);
    else if (response.headers()['content-type']?.includes('text/html')) paths.add('dist/web/index.html');
  });
  return async () => {
    const weighed = [...paths].map(
      async (path) => [path, gzipSync(await readFile(path), { level: 9 }).length] as const,
    );
    return new Map(await Promise.all(weighed));
  };
};

export const sumOf = (weights: ReadonlyMap<string, number>): number =>
  [...weights.values()].reduce((sum, bytes) => sum + bytes, 0);
