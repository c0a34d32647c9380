import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Plugin } from 'vite';

/** What the frame, the doors and the first page say; the words of all other pages come with the first of them. */
const FIRST: ReadonlySet<string> = new Set(['shell', 'page', 'common', 'state', 'now', 'access', 'role', 'series']);

const ASKED = /\.json\?(?<part>first|rest)$/;
const OURS = '\0words:';

/** A language is one file for who writes it, and two for the browser: `./en.json?first` and `./en.json?rest`. */
export const splitWords = (): Plugin => ({
  name: 'split-words',
  enforce: 'pre',
  resolveId: (source, importer) =>
    ASKED.test(source) && importer ? `${OURS}${join(dirname(importer), source)}`.replace('.json?', '?') : undefined,
  load: (id) => {
    if (!id.startsWith(OURS)) return undefined;
    const [path, part] = id.slice(OURS.length).split('?');
    const words = JSON.parse(readFileSync(`${path}.json`, 'utf8')) as Readonly<Record<string, unknown>>;
    const kept = Object.entries(words).filter(([page]) => FIRST.has(page) === (part === 'first'));
    return { code: `export default ${JSON.stringify(Object.fromEntries(kept))}`, moduleType: 'js' };
  },
});
