import { expect } from '@jest/globals';
import { confirmedPerson } from '../support/audience.js';
import { seriousFaults } from './support/axe.js';
import { type Story, stories } from './support/story.js';

const WITHIN = { timeout: 60_000 };
const PEOPLE = 40;

stories('a broadcast', (story: Story) => {
  story(
    'is looked at as its readers will see it, checked, sent, and followed until everybody has it',
    async (stage) => {
      const studio = await stage.openStudio('Letters');
      const subscribers = Array.from({ length: PEOPLE }, (_, n) => confirmedPerson(`reader-${n}@example.net`));
      await studio.api.ok('POST', '/v1/subscribers/bulk', { subscribers });
      const { page } = await stage.visit({ as: studio });
      await page.goto('/audience/broadcasts');
      await page
        .getByRole('link', { name: /Write a broadcast|New broadcast/ })
        .first()
        .click();
      await page.getByRole('textbox', { name: 'Subject' }).fill('We are on Shorts, too');
      await page.getByRole('textbox', { name: 'Text' }).fill('Find us there, whatever happens.');
      await page.getByRole('button', { name: 'Save the draft' }).click();
      await page.getByRole('button', { name: 'Preview' }).click();
      await page.getByText(`${PEOPLE} people would get it now.`).waitFor(WITHIN);
      await page.getByText('Find us there, whatever happens.').last().waitFor();
      await page.getByRole('button', { name: 'Check before sending' }).click();
      await page.getByText(/Ready to go|It can go, but look at this/).waitFor(WITHIN);
      expect(await seriousFaults(page)).toEqual([]);
      await page.getByRole('button', { name: 'Send now' }).click();
      await page
        .getByRole('dialog')
        .getByRole('button', { name: `Send to ${PEOPLE} people` })
        .click();
      await page.getByText(/^\d+ of 40 settled$/).waitFor(WITHIN);
      await page.getByText('40 of 40 settled').waitFor(WITHIN);
      await page.getByText('Sent', { exact: true }).first().waitFor(WITHIN);
      const readers = stage.sink.mails.map(({ to }) => to);
      expect(new Set(readers).size).toBe(PEOPLE);
      expect(readers).toHaveLength(PEOPLE);
    },
  );
});
