import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';

/** What Mantine's components are called in their style sheets, one hash per part of a component. */
const PART = /m_[0-9a-f]{6,8}\b/g;
const HOLDS_RULES = /^@(?:media|supports|container|layer)/;

/** Without comments, whose braces would be taken for rules, and without most white space. */
const tighten = (css: string): string =>
  css
    .replace(/\/\*.*?\*\//gs, '')
    .replace(/\s+/g, ' ')
    .replace(/ ?([{};]) ?/g, '$1')
    .replaceAll(';}', '}');

/** @returns selector and body of each rule of a style sheet; no body where a statement has none */
const rulesOf = (css: string): [head: string, body: string | undefined][] => {
  const rules: [string, string | undefined][] = [];
  let [depth, from, opened] = [0, 0, 0];
  for (let at = 0; at < css.length; at += 1) {
    const char = css[at];
    if (char === ';' && depth === 0) {
      rules.push([css.slice(from, at + 1), undefined]);
      from = at + 1;
    } else if (char === '{') {
      if (depth === 0) opened = at;
      depth += 1;
    } else if (char === '}') {
      depth -= 1;
      if (depth > 0) continue;
      rules.push([css.slice(from, opened), css.slice(opened + 1, at)]);
      from = at + 1;
    }
  }
  return rules;
};

/** What stands in brackets names alternatives and exceptions, which prove nothing. */
const outsideOfBrackets = (selector: string): string => {
  const less = selector.replace(/\([^()]*\)/g, '');
  return less === selector ? selector : outsideOfBrackets(less);
};

const isAsked = (selector: string, used: ReadonlySet<string>): boolean =>
  (outsideOfBrackets(selector).match(PART) ?? []).every((part) => used.has(part));

/** The style sheet without the rules of components that nobody draws. @param used parts that scripts name */
const pruneStyles = (css: string, used: ReadonlySet<string>): string =>
  rulesOf(css)
    .map(([head, body]) => {
      if (body === undefined) return head;
      if (HOLDS_RULES.test(head)) {
        const kept = pruneStyles(body, used);
        return kept === '' ? '' : `${head}{${kept}}`;
      }
      const selectors = head.split(/,(?![^(]*\))/).filter((selector) => isAsked(selector, used));
      return head.startsWith('@') ? `${head}{${body}}` : selectors.length > 0 ? `${selectors.join(',')}{${body}}` : '';
    })
    .join('');

/**
 * Mantine's one style sheet has every component it offers; ours has those that some page draws: 20 kB less at the door.
 * It is a file of its own, named by what is left in it: names of the bundler's files are made before.
 */
export const pruneMantineStyles = (): Plugin => {
  let whole = '';
  let pruned = '';
  let fileName = '';
  return {
    name: 'prune-mantine-styles',
    apply: 'build',
    enforce: 'pre',
    load: (id) => {
      if (!id.endsWith('/@mantine/core/styles.css')) return undefined;
      whole = tighten(readFileSync(id, 'utf8'));
      return '';
    },
    transformIndexHtml: {
      order: 'post',
      handler: (_html, { bundle = {} }) => {
        const code = Object.values(bundle).map((file) => (file.type === 'chunk' ? file.code : ''));
        pruned = pruneStyles(whole, new Set(code.flatMap((text) => text.match(PART) ?? [])));
        fileName = `assets/mantine-${createHash('sha256').update(pruned).digest('base64url').slice(0, 8)}.css`;
        const attrs = { rel: 'stylesheet', href: `/${fileName}` };
        return [{ tag: 'link', attrs, injectTo: 'head-prepend' }];
      },
    },
    generateBundle: {
      order: 'post',
      handler() {
        this.emitFile({ type: 'asset', fileName, source: pruned });
      },
    },
  };
};
