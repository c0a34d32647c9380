import { expect } from '@jest/globals';
import type { Page } from 'playwright-core';
import { hasFocus } from './support/keyboard.js';
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

  story('outlives a page whose code does not come: the others open, and another try brings it', async (stage) => {
    const { page, watch } = await stage.visit({ as: await stage.openStudio('Gap') });
    const code = '**/assets/drills-page-*.js';
    watch.allow(503, /drills-page/);
    watch.allowWords(/dynamically imported module/);
    await page.route(code, (route) => route.fulfill({ status: 503 }));
    await page.goto('/drills');
    await page.getByRole('alert').filter({ hasText: 'This page broke' }).waitFor();
    await page.getByRole('link', { name: 'Queues' }).click();
    await page.getByRole('heading', { level: 1, name: 'Queues' }).waitFor();
    await page.getByRole('link', { name: 'Drills' }).click();
    await page.unroute(code);
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('heading', { level: 1, name: 'Drills' }).waitFor();
  });

  story('is walked by keyboard alone: skip link, two letters, menu', async ({ openStudio, visit }) => {
    const { page } = await visit({ as: await openStudio('Keys') });
    await page.goto('/');
    await page.getByRole('heading', { level: 1, name: 'Now' }).waitFor();
    await page.keyboard.press('Tab');
    await hasFocus(page, page.getByRole('link', { name: 'Skip to the content' }));
    await page.keyboard.press('Enter');
    await hasFocus(page, page.getByRole('main'));
    await pressTogether(page, 'g', 'c');
    await page.getByRole('heading', { level: 1, name: 'Calendar' }).waitFor();
    await pressTogether(page, 'g', 's');
    await page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor();
    await page.keyboard.press('c');
    await page.getByRole('heading', { level: 1, name: 'Compose' }).waitFor();
  });
});

/** One right after the other, without a wait for the page in between: together they mean something for a second only. */
const pressTogether = async (page: Page, ...keys: string[]): Promise<void> =>
  void (await Promise.all(keys.map((key) => page.keyboard.press(key))));
