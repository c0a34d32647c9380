import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';

interface Violation {
  readonly id: string;
  readonly impact: string;
  readonly nodes: readonly { readonly target: readonly string[]; readonly failureSummary?: string }[];
}

interface Look {
  /** A selector; the whole page without. */
  readonly within?: string;
  /** These rules alone. */
  readonly rules?: readonly string[];
}

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const SERIOUS = new Set(['serious', 'critical']);
const SHOWN = 3;

const scriptOf = ({ within, rules }: Look): string => {
  const context = within ? JSON.stringify(within) : 'document';
  const options = JSON.stringify({ resultTypes: ['violations'], ...(rules ? { runOnly: rules } : {}) });
  return `axe.run(${context}, ${options}).then(({ violations }) =>
    violations.map(({ id, impact, nodes }) => ({ id, impact, nodes: nodes.map(({ target, failureSummary }) => ({ target, failureSummary })) })))`;
};

/** What axe-core finds serious or critical on the page as it is now, one line each. */
export const seriousFaults = async (page: Page, look: Look = {}): Promise<string[]> => {
  if (!(await page.evaluate('"axe" in window'))) await page.evaluate(AXE);
  const violations = await page.evaluate<readonly Violation[]>(scriptOf(look));
  return violations
    .filter(({ impact }) => SERIOUS.has(impact))
    .map(({ id, nodes }) => `${id} (${nodes.length}): ${nodes.slice(0, SHOWN).map(lineOf).join(' | ')}`);
};

/** The page's scheme follows the system's a moment later; before, one would look at the old colours. */
const turn = async (page: Page, colorScheme: 'light' | 'dark'): Promise<void> => {
  await page.emulateMedia({ colorScheme });
  await page.locator(`html[data-mantine-color-scheme=${colorScheme}]`).waitFor({ state: 'attached' });
};

/** Everything in the light; in the dark only what a scheme can change. Leaves the page in the light. */
export const faultsInBothSchemes = async (page: Page, within?: string): Promise<string[]> => {
  const part = within === undefined ? {} : { within };
  const faults = await seriousFaults(page, part);
  await turn(page, 'dark');
  const dark = await seriousFaults(page, { ...part, rules: ['color-contrast'] });
  await turn(page, 'light');
  return [...faults, ...dark.map((fault) => `dark: ${fault}`)];
};

const lineOf = ({ target, failureSummary = '' }: Violation['nodes'][number]): string =>
  `${target.join(' ')} ${failureSummary.split('\n')[1]?.trim() ?? ''}`;

/** How many pixels of the page lie beyond the right edge. */
export const sidewaysPx = async (page: Page): Promise<number> =>
  Number(await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth'));
