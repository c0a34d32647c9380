import { defineConfig } from 'vite';
import { pruneMantineStyles } from './prune-styles.ts';
import { splitWords } from './split-words.ts';

const APP = 'http://127.0.0.1:3000';

/** One build, served by the app itself from dist/web: nothing is fetched from anywhere else. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [splitWords(), pruneMantineStyles()],
  build: {
    outDir: '../dist/web',
    emptyOutDir: true,
    // An inlined picture or font would need `data:` in the content security policy.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 700,
    // "use client" speaks to frameworks that render on a server; here everything is the client.
    rolldownOptions: {
      onwarn: (warning, warn) => (warning.code === 'MODULE_LEVEL_DIRECTIVE' ? undefined : warn(warning)),
      // What every first load needs is one file: fifty small ones cost a request each, and compress worse.
      output: { codeSplitting: { groups: [{ name: 'first', tags: ['$initial'] }] } },
    },
  },
  // `npm run web:dev` beside a running app: Vite serves the pages, the app everything else.
  server: { proxy: Object.fromEntries(['/v1', '/status', '/docs'].map((path) => [path, APP])) },
});
