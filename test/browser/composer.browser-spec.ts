import { expect } from '@jest/globals';
import { connectAccount, uploadClip } from '../support/story.js';
import { faultsInBothSchemes, sidewaysPx } from './support/axe.js';
import { settled } from './support/settled.js';
import type { BrowserStage, Studio } from './support/stage.js';
import { type Story, stories } from './support/story.js';

const BY_API = ['tiktok', 'reels', 'shorts', 'discord', 'telegram'];
const BY_HAND = ['skylight', 'upscrolled'];
const TITLES = ['TikTok', 'Reels', 'Shorts', 'Discord', 'Telegram', 'Skylight', 'UpScrolled'];

const connectAll = async ({ sandbox }: BrowserStage, { api }: Studio): Promise<void> => {
  for (const platform of BY_API) await connectAccount(api, sandbox, platform);
  for (const platform of BY_HAND) {
    const credentials = { mode: 'handoff', notifyEmail: `${platform}@example.org` };
    await api.ok('POST', '/v1/accounts', { platform, credentials });
  }
};

stories('the composer', (story: Story) => {
  story('is for everybody on every platform: own words, options, preview', async (stage) => {
    const studio = await stage.openStudio('Everywhere');
    await Promise.all([connectAll(stage, studio), uploadClip(studio.api, 'tea-in-a-minute.mp4')]);
    const { page } = await stage.visit({ as: studio });
    await page.goto('/compose');
    await page.getByRole('button', { name: 'From the library' }).press('Enter');
    await page.getByRole('button', { name: 'Take tea-in-a-minute.mp4' }).press('Enter');
    await page.getByRole('button', { name: 'All', exact: true }).press('Enter');
    await page.getByRole('textbox', { name: 'Caption' }).fill('Tea, everywhere');
    const faults: Record<string, string[]> = {};
    for (const title of TITLES) {
      await page.getByRole('tab', { name: title }).press('Enter');
      await page.getByRole('tabpanel', { name: title }).waitFor();
      await settled(page);
      const found = await faultsInBothSchemes(page, '[role=tabpanel]');
      if (found.length > 0) faults[title] = found;
    }
    for (const mode of ['At once', 'Again and again', 'Evergreen', 'Not yet']) {
      await page.getByRole('radio', { name: mode }).press('Space');
      await settled(page);
      const found = await faultsInBothSchemes(page, 'main');
      if (found.length > 0) faults[mode] = found;
    }
    await page.setViewportSize({ width: 390, height: 900 });
    await page.reload();
    await page.getByRole('tab', { name: 'UpScrolled' }).waitFor();
    await settled(page);
    expect({ faults, sidewaysPx: await sidewaysPx(page) }).toEqual({ faults: {}, sidewaysPx: 0 });
  });
});
