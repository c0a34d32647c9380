import { expect } from '@jest/globals';
import { connectAccount, uploadClip } from '../support/story.js';
import { seriousFaults } from './support/axe.js';
import { tabTo } from './support/keyboard.js';
import { type Story, stories } from './support/story.js';

const WITHIN = { timeout: 60_000 };
/** Day and month alike, and the morning: typed the same in every order of a date. */
const nextYear = new Date().getUTCFullYear() + 1;

stories('planning', (story: Story) => {
  story('a post is written and scheduled by keyboard alone', async (stage) => {
    const studio = await stage.openStudio('Typing');
    const account = await connectAccount(studio.api, stage.sandbox, 'tiktok');
    await uploadClip(studio.api, 'tea-in-a-minute.mp4');
    const { page } = await stage.visit({ as: studio });
    await page.goto('/');
    await page.getByRole('heading', { level: 1, name: 'Now' }).waitFor();
    await page.keyboard.press('c');
    await tabTo(page, page.getByRole('button', { name: 'From the library' }));
    await page.keyboard.press('Enter');
    await tabTo(page, page.getByRole('button', { name: 'Take tea-in-a-minute.mp4' }));
    await page.keyboard.press('Enter');
    await tabTo(page, page.getByRole('checkbox', { name: /, TikTok$/ }));
    await page.keyboard.press('Space');
    await tabTo(page, page.getByRole('textbox', { name: 'Caption' }));
    await page.keyboard.type('Typed by hand');
    await tabTo(page, page.getByLabel(/^Time in/));
    await page.keyboard.type(`0505${nextYear}`);
    await page.keyboard.press('Tab');
    await page.keyboard.type('1130A');
    await page.getByText('Nothing stands in the way.').waitFor(WITHIN);
    expect(await seriousFaults(page)).toEqual([]);
    await tabTo(page, page.getByRole('button', { name: 'Schedule' }));
    await page.keyboard.press('Enter');
    await page.getByText(/^Scheduled for/).waitFor(WITHIN);
    const { items } = await studio.api.ok<{ items: { accountId: string; scheduledAt: string }[] }>(
      'GET',
      '/v1/targets',
    );
    expect(items).toMatchObject([{ accountId: account.id, scheduledAt: `${nextYear}-05-05T09:30:00.000Z` }]);
  });

  story('an entry of the calendar is moved by keyboard, in a dialog', async (stage) => {
    const studio = await stage.openStudio('Moving');
    const account = await connectAccount(studio.api, stage.sandbox, 'tiktok');
    const mediaId = await uploadClip(studio.api, 'bread-timer.mp4');
    const scheduledAt = `${nextYear}-05-04T08:00:00.000Z`;
    const body = { caption: 'Bread', mediaIds: [mediaId], scheduledAt, targets: [{ accountId: account.id }] };
    await studio.api.ok('POST', '/v1/posts', body);
    const { page } = await stage.visit({ as: studio });
    await page.goto(`/calendar?view=month&date=${nextYear}-05-04`);
    await tabTo(page, page.getByRole('button', { name: /Bread/ }));
    await page.keyboard.press('Enter');
    await tabTo(page, page.getByRole('button', { name: 'Move to…' }));
    expect(await seriousFaults(page)).toEqual([]);
    await page.keyboard.press('Enter');
    await tabTo(page, page.getByLabel('New date and time'));
    await page.keyboard.type(`0505${nextYear}`);
    await page.keyboard.press('Tab');
    await page.keyboard.type('1145A');
    await page.keyboard.press('Enter');
    await page.getByText(/^Moved to/).waitFor(WITHIN);
    const { items } = await studio.api.ok<{ items: { scheduledAt: string }[] }>('GET', '/v1/targets');
    expect(items).toMatchObject([{ scheduledAt: `${nextYear}-05-05T09:45:00.000Z` }]);
  });

  story('a CSV file is judged, its bad rows handed back, the rest imported', async (stage) => {
    const studio = await stage.openStudio('Many');
    await connectAccount(studio.api, stage.sandbox, 'tiktok');
    const mediaId = await uploadClip(studio.api, 'window-garden.mp4');
    const { page } = await stage.visit({ as: studio });
    await page.goto('/library/import');
    const rows = [
      `Window garden,${mediaId},tiktok,${nextYear}-05-04 18:30`,
      `Bread,${mediaId},tiktok,next Friday`,
      `Street,${mediaId},tiktok,${nextYear}-05-05 18:30`,
    ];
    const buffer = Buffer.from(['caption,mediaId,accounts,scheduledAt', ...rows].join('\n'));
    await page.locator('input[type=file]').setInputFiles({ name: 'may.csv', mimeType: 'text/csv', buffer });
    await page.getByText('Judged, nothing stored').first().waitFor(WITHIN);
    await page
      .getByText(/no time we can read/)
      .first()
      .waitFor();
    expect(await studio.api.ok('GET', '/v1/posts')).toMatchObject({ items: [] });
    const asked = page.getByRole('link', { name: 'Download the bad rows' }).click();
    const [handedBack] = await Promise.all([page.waitForEvent('download'), asked]);
    const chunks = await (await handedBack.createReadStream()).toArray();
    expect(Buffer.concat(chunks).toString()).toContain('next Friday');
    await page.getByRole('button', { name: 'Import 2 rows' }).click();
    await page.getByText('Imported: 2').waitFor(WITHIN);
    await page.getByRole('combobox', { name: 'Rows to show' }).selectOption('');
    await page
      .getByRole('row', { name: /Imported/ })
      .nth(1)
      .waitFor(WITHIN);
    await page.goto('/library?q=nothing+of+the+kind');
    await page.getByRole('button', { name: 'Take filters back' }).click();
    await page.getByRole('link', { name: 'Street' }).waitFor();
    expect(await page.getByRole('searchbox').inputValue()).toBe('');
    const { items } = await studio.api.ok<{ items: object[] }>('GET', '/v1/posts');
    expect(items).toHaveLength(2);
  });
});
