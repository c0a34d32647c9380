import { expect } from '@jest/globals';
import type { Page } from 'playwright-core';
import { stories } from './support/story.js';

stories('the frame around the pages', (story) => {
  story('keeps to the language and the scheme somebody chose', async ({ openStudio, visit }) => {
    const { page } = await visit({ as: await openStudio('Frame') });
    await page.goto('/');
    await page.getByRole('heading', { level: 1, name: 'Now' }).waitFor();
    await page.getByRole('button', { name: 'Owner of Frame' }).click();
    await page.getByRole('menuitem', { name: 'Français' }).click();
    await page.getByRole('button', { name: 'Clair ou sombre' }).click();
    await page.reload();
    await page.getByRole('link', { name: 'Calendrier' }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('fr');
    expect(await page.locator('html').getAttribute('data-mantine-color-scheme')).toBe('dark');
  });

  story('is walked by keyboard alone: skip link, two letters, menu', async ({ openStudio, visit }) => {
    const { page } = await visit({ as: await openStudio('Keys') });
    await page.goto('/');
    await page.getByRole('heading', { level: 1, name: 'Now' }).waitFor();
    await page.keyboard.press('Tab');
    await expectFocus(page, 'Skip to the content');
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement.id')).toBe('content');
    await page.keyboard.press('g');
    await page.keyboard.press('c');
    await page.getByRole('heading', { level: 1, name: 'Calendar' }).waitFor();
    await page.keyboard.press('g');
    await page.keyboard.press('s');
    await page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor();
    await page.keyboard.press('c');
    await page.getByRole('heading', { level: 1, name: 'Compose' }).waitFor();
  });
});

const expectFocus = async (page: Page, name: string): Promise<void> => {
  expect(await page.evaluate('document.activeElement.textContent')).toBe(name);
};
