import type { Locator, Page } from 'playwright-core';
import { until } from '../../support/app.js';
import { faultsInBothSchemes } from './axe.js';
import { isFocused } from './keyboard.js';
import { outOfReach } from './reach.js';
import { settled } from './settled.js';

export type Way = readonly (string | RegExp)[];

/** Presses Enter on each button of the way, the items of menus among them. @returns the first button */
const openBy = async (page: Page, way: Way): Promise<Locator> => {
  const [first = '', ...items] = way;
  const opener = page.getByRole('main').getByRole('button', { name: first, exact: true }).first();
  await opener.press('Enter');
  for (const name of items) await page.getByRole('menuitem', { name, exact: true }).press('Enter');
  return opener;
};

/** What is wrong with the dialog that this way opens: for axe, for the focus within it, and for Escape. */
export const dialogFaults = async (page: Page, way: Way): Promise<string[]> => {
  const opener = await openBy(page, way);
  const dialog = page.getByRole('dialog').last();
  await dialog.waitFor();
  await settled(page);
  const faults = [...(await faultsInBothSchemes(page, '[role=dialog]')), ...(await outOfReach(page, '[role=dialog]'))];
  if (!(await comes(() => hasFocusWithin(dialog)))) faults.push('the focus stays outside');
  await page.keyboard.press('Escape');
  if (!(await comes(async () => (await dialog.count()) === 0))) return [...faults, 'Escape does not close it'];
  if (!(await comes(() => isFocused(page, opener)))) faults.push('the focus does not come back');
  return faults;
};

/** As long as any other action of a story may take: the machine may be busy. */
const SOON_MS = 20_000;

const comes = (look: () => Promise<boolean>): Promise<boolean> => until(look, 'it', SOON_MS).catch(() => false);

const hasFocusWithin = async (dialog: Locator): Promise<boolean> => (await dialog.locator(':focus').count()) > 0;
