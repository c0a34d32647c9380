import type { Locator, Page } from 'playwright-core';
import { until } from '../../support/app.js';

const MOST_STEPS = 120;

/** The window that was opened last, if any, has the focus; then two pictures pass, in which it may still be moved within. */
const HAS_FOCUS_WHERE_IT_BELONGS = `(() => {
  const opened = [...document.querySelectorAll('[role=dialog]')].filter((one) => one.checkVisibility({ visibilityProperty: true }));
  if (!(opened.at(-1)?.contains(document.activeElement) ?? true)) return false;
  return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => done(true)))));
})()`;

/** Windows take the focus a moment after they are seen: a key that is pressed before goes elsewhere. */
const windowHasFocus = async (page: Page): Promise<void> =>
  void (await until(() => page.evaluate<boolean>(HAS_FOCUS_WHERE_IT_BELONGS), 'the open window to have the focus'));

/** What was given the focus has it: somebody who types now types there. */
export const hasFocus = (page: Page, target: Locator): Promise<void> => target.and(page.locator(':focus')).waitFor();

/** Walks by the tabulator until something has the focus, to be seen there. @throws Error when no walk leads there */
export const tabTo = async (page: Page, target: Locator, by: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> => {
  await target.waitFor();
  await windowHasFocus(page);
  for (let step = 0; step < MOST_STEPS; step += 1) {
    if (await isFocused(page, target)) return demandVisible(page, target, step);
    await page.keyboard.press(by);
  }
  throw new Error(`No tabulator leads to ${String(target)}`);
};

/** Walks there and presses: what a click does, without a mouse. */
export const pressOn = async (page: Page, target: Locator, key: 'Enter' | 'Space' = 'Enter'): Promise<void> => {
  await tabTo(page, target);
  await page.keyboard.press(key);
};

/** Walks to a field and types over what stands there. */
export const typeInto = async (page: Page, field: Locator, text: string): Promise<void> => {
  await tabTo(page, field);
  await page.keyboard.press('Control+A');
  await page.keyboard.type(text);
};

/** Walks to a list that opens, and down it to a choice. */
export const choose = async (page: Page, list: Locator, name: string): Promise<void> => {
  await tabTo(page, list);
  await page.keyboard.press('Enter');
  const marked = page.locator('[role=option][data-combobox-selected]');
  await page.getByRole('option', { name, exact: true }).waitFor();
  for (let step = 0; step < MOST_STEPS; step += 1) {
    await page.keyboard.press('ArrowDown');
    if ((await marked.textContent()) === name) return page.keyboard.press('Enter');
  }
  throw new Error(`No arrow leads to ${name}`);
};

/** Opens a menu and walks down it to an item. */
export const pickFrom = async (page: Page, opener: Locator, name: string): Promise<void> => {
  await pressOn(page, opener);
  const item = page.getByRole('menuitem', { name, exact: true });
  await item.waitFor();
  for (let step = 0; step < MOST_STEPS; step += 1) {
    if (await isFocused(page, item)) return page.keyboard.press('Enter');
    await page.keyboard.press('ArrowDown');
  }
  throw new Error(`No arrow leads to ${name}`);
};

export const isFocused = async (page: Page, target: Locator): Promise<boolean> =>
  (await target.and(page.locator(':focus')).count()) > 0;

/** Fields show it by their border, all else by a ring. What has the focus from the start was not walked to. */
const demandVisible = async (page: Page, target: Locator, steps: number): Promise<void> => {
  if (steps === 0) return;
  const isSeen = await page.evaluate(`(() => {
    const { outlineStyle, boxShadow } = getComputedStyle(document.activeElement);
    return document.activeElement.matches('input, textarea, select') || outlineStyle !== 'none' || boxShadow !== 'none';
  })()`);
  if (isSeen !== true) throw new Error(`Nobody sees that the focus is on ${String(target)}`);
};
