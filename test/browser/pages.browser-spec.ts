import { expect } from '@jest/globals';
import type { Page } from 'playwright-core';
import { faultsInBothSchemes, sidewaysPx } from './support/axe.js';
import { outOfReach } from './support/reach.js';
import { settled } from './support/settled.js';
import { liveIn } from './support/lived-in.js';
import { type Story, stories } from './support/story.js';

const WIDTHS_PX = [1_280, 390];
const PAGES = [
  ...['Now /', 'Calendar /calendar', 'Compose /compose', 'Library /library', 'Queues /queues', 'Routes /routes'],
  ...['Accounts /accounts', 'Incidents /incidents', 'Drills /drills', 'Audience /audience', 'Analytics /analytics'],
  'Settings /settings',
].map((line) => line.split(' ') as [string, string]);

/** In both schemes, wide and narrow: nothing serious for axe, nothing that must be scrolled sideways. */
const faultsOf = async (page: Page): Promise<string[]> => {
  const faults = await outOfReach(page);
  for (const width of WIDTHS_PX) {
    await page.setViewportSize({ width, height: 900 });
    await settled(page);
    faults.push(...(await faultsInBothSchemes(page)).map((fault) => `${width}: ${fault}`));
    const beyond = await sidewaysPx(page);
    if (beyond > 0) faults.push(`${width}: ${beyond} px beyond the edge`);
  }
  return faults;
};

stories('every page', (story: Story) => {
  story('is for everybody: in both schemes, on a desk and on a phone', async (stage) => {
    const { page } = await stage.visit({ as: await liveIn(stage, 'Lived in') });
    const faults: Record<string, string[]> = {};
    for (const [title, path] of PAGES) {
      await page.setViewportSize({ width: 1_280, height: 900 });
      await page.goto(path);
      await page.getByRole('heading', { level: 1, name: title }).waitFor();
      await settled(page);
      const found = await faultsOf(page);
      if (found.length > 0) faults[path] = found;
    }
    expect(faults).toEqual({});
  });

  story('before the door is for everybody, too', async ({ visit }) => {
    const { page } = await visit();
    for (const path of ['/sign-in', '/setup', '/new-password', '/join']) {
      await page.goto(path);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await settled(page);
      expect(await faultsOf(page)).toEqual([]);
    }
  });
});
