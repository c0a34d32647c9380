import { expect } from '@jest/globals';
import type { Page } from 'playwright-core';
import { PASSWORD } from './support/stage.js';
import { stories } from './support/story.js';

const WITHIN = { timeout: 60_000 };

stories('the first run', (story) => {
  story('leads from the link that the server printed to a post that is live', async ({ app, sandbox, visit }) => {
    const { page, context } = await visit();
    await page.goto(/\/setup#\S+/.exec(app.main.lines.join('\n'))?.[0] ?? '');
    await becomeOwner(page);
    const [cookie, ...others] = await context.cookies();
    expect(others).toEqual([]);
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax' });
    const { credentials } = await sandbox.createAccount('tiktok');
    await connect(page, credentials);
    await publish(page);
    const [post] = await sandbox.posts('tiktok');
    expect(post).toMatchObject({ caption: 'Tea in a minute', liveAt: expect.any(String) });
    const link = await page.getByRole('link', { name: 'Open', exact: true }).getAttribute('href');
    expect(link).toContain(post?.platformPostId);
  });
});

const becomeOwner = async (page: Page): Promise<void> => {
  await page.getByLabel('Name of your workspace').fill('Tea Studio');
  expect(page.url()).not.toContain('#');
  await page.getByLabel('Your name').fill('Ada');
  await page.getByLabel('E-mail').fill('ada@example.org');
  await page.getByRole('textbox', { name: 'New password' }).fill(PASSWORD);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Now' }).waitFor();
  await page.getByText('Tea Studio').waitFor();
};

const connect = async (page: Page, credentials: Readonly<Record<string, string>>): Promise<void> => {
  await page.getByRole('link', { name: 'Connect an account' }).click();
  await page.getByRole('button', { name: 'Connect an account' }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('With a token').click();
  await dialog.getByRole('textbox', { name: 'Access token' }).fill(credentials.accessToken ?? '');
  await dialog.getByRole('textbox', { name: 'Refresh token' }).fill(credentials.refreshToken ?? '');
  await dialog.getByRole('button', { name: 'Connect an account' }).click();
  await page.getByText(/is connected\./).waitFor();
};

/** A real upload, the words, and the button. */
const publish = async (page: Page): Promise<void> => {
  await page.getByRole('link', { name: 'New post' }).click();
  await page.locator('input[type=file]').setInputFiles('seeds/clips/tea-in-a-minute.mp4');
  await page.getByRole('button', { name: 'Another video' }).waitFor(WITHIN);
  await page.getByRole('checkbox', { name: /, TikTok$/ }).check();
  await page.getByRole('textbox', { name: 'Caption' }).fill('Tea in a minute');
  await page.getByRole('radio', { name: 'At once' }).check();
  await page.getByText('Nothing stands in the way.').waitFor(WITHIN);
  await page.getByRole('button', { name: 'Publish now' }).click();
  await page.getByRole('heading', { name: /Runs/ }).waitFor(WITHIN);
  await page.getByRole('link', { name: 'Open', exact: true }).waitFor(WITHIN);
};
