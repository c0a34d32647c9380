import { expect } from '@jest/globals';
import { faultsInBothSchemes } from './support/axe.js';
import { hasFocus } from './support/keyboard.js';
import { PASSWORD } from './support/stage.js';
import { type Story, stories } from './support/story.js';

stories('the doors', (story: Story) => {
  story('somebody signs in by keyboard alone, after a slip, and is where they wanted to go', async (stage) => {
    const { email } = await stage.openStudio('Door');
    const { page, watch } = await stage.visit();
    watch.allow(401, /sign-in$/);
    await page.goto('/calendar');
    await hasFocus(page, page.getByRole('textbox', { name: 'E-mail address' }));
    await page.keyboard.type(email);
    await page.keyboard.press('Tab');
    await page.keyboard.type('not my password at all');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').waitFor();
    expect(await faultsInBothSchemes(page)).toEqual([]);
    await page.getByRole('textbox', { name: 'Password' }).focus();
    await page.keyboard.press('Control+A');
    await page.keyboard.type(PASSWORD);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Calendar' }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/calendar');
  });

  story('who signs out is out, in every window', async (stage) => {
    const { page, context } = await stage.visit({ as: await stage.openStudio('Way out') });
    const other = await context.newPage();
    await Promise.all([page.goto('/'), other.goto('/incidents')]);
    await page.getByRole('button', { name: 'Owner of Way out' }).press('Enter');
    await page.getByRole('menuitem', { name: 'Sign out' }).press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor();
    await other.reload();
    await other.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor();
    expect(await context.cookies()).toEqual([]);
  });
});
