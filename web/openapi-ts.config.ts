import { defineConfig } from '@hey-api/openapi-ts';

const here = (path: string): string => new URL(path, import.meta.url).pathname;

/** The typed client of every route: for this app and, as it is, for anybody's program. */
export default defineConfig({
  input: here('openapi.json'),
  output: { path: here('src/api/generated'), postProcess: [] },
  plugins: [
    // Refusals are thrown, as every caller expects of a promise.
    { name: '@hey-api/client-fetch', throwOnError: true },
    // Named enums are values, too: what can be chosen is listed once, in the API.
    { name: '@hey-api/typescript', enums: 'javascript' },
    '@hey-api/sdk',
    // Tags in the keys: an event of the server makes stale what stands under a tag, whatever was asked of it.
    { name: '@tanstack/react-query', queryKeys: { tags: true }, infiniteQueryKeys: { tags: true } },
  ],
});
