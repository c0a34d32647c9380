import { expect } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { pickFrom, pressOn, tabTo, typeInto } from './support/keyboard.js';
import { furnish, type Furniture } from './support/furniture.js';
import { liveIn, type LivedIn } from './support/lived-in.js';
import { until } from '../support/app.js';
import type { BrowserStage } from './support/stage.js';
import { type Story, stories } from './support/story.js';

type Home = LivedIn & Furniture;

const WITHIN = { timeout: 60_000 };
const button = (place: Page | Locator, name: string | RegExp): Locator =>
  place.getByRole('button', { name, exact: true }).first();

/** No story of this file touches a mouse. */
stories('by keyboard alone', (story: Story) => {
  let home: Promise<Home> | undefined;
  const moveIn = async (stage: BrowserStage): Promise<Home> => {
    const there = await liveIn(stage, 'Hands');
    return { ...there, ...(await furnish(there)) };
  };
  const told = (title: string, tell: (page: Page, home: Home, stage: BrowserStage) => Promise<void>): void =>
    story(title, async (stage) => {
      const there = await (home ??= moveIn(stage));
      const { page } = await stage.visit({ as: there });
      await tell(page, there, stage);
    });

  told('a route is changed and says so', async (page, { api }) => {
    await page.goto('/routes');
    await pressOn(page, button(page, /^Change: /));
    const dialog = page.getByRole('dialog');
    await typeInto(page, dialog.getByRole('textbox', { name: 'Worthless after (hours)' }), '5');
    await pressOn(page, button(dialog, 'Save'));
    await page.getByText(/Worthless after 5 hours/).waitFor();
    const { items } = await api.ok<{ items: object[] }>('GET', '/v1/routes');
    expect(items).toMatchObject([{ staleAfterSeconds: 18_000 }]);
  });

  told('what was seen of an incident is noted, the public told', async (page, { incidentId }) => {
    await page.goto(`/incidents/${incidentId}`);
    await typeInto(page, page.getByRole('textbox', { name: 'What you saw or did' }), 'We called a friend there.');
    await pressOn(page, button(page, 'Add the note'));
    await page.getByText('We called a friend there.').first().waitFor();
    await tabTo(page, page.getByRole('tab', { name: 'Overview' }), 'Shift+Tab');
    for (let tab = 0; tab < 3; tab += 1) await page.keyboard.press('ArrowRight');
    await typeInto(page, page.getByRole('textbox', { name: 'What is affected' }), 'Publishing to TikTok');
    await typeInto(page, page.getByRole('textbox', { name: 'What the public reads' }), 'It works again.');
    await pressOn(page, button(page, 'Post the update'));
    await pressOn(page, button(page.getByRole('dialog'), 'Post the update'));
    await page.getByText('The update is public.').waitFor();
  });

  told('a drill is run and read', async (page) => {
    await page.goto('/drills');
    await pressOn(page, button(page, 'Start a drill'));
    await pressOn(page, button(page.getByRole('dialog'), 'Start a drill'));
    await page.getByRole('heading', { level: 1, name: /^Drill: TikTok/ }).waitFor();
    await page.getByRole('heading', { name: 'Score' }).waitFor(WITHIN);
    await page.getByRole('heading', { name: 'Each post' }).waitFor();
  });

  told('an evergreen post is given another weight, its tag another name', async (page, { api, evergreenId }) => {
    await page.goto(`/library/posts/${evergreenId}`);
    await typeInto(page, page.getByRole('textbox', { name: 'Weight' }), '3');
    await pressOn(page, button(page, 'Save'));
    await page.getByText('Saved; queues are planned anew').waitFor();
    await page.goto('/library/labels');
    await pressOn(page, button(page, 'Rename: knots'));
    await typeInto(page, page.getByRole('textbox', { name: 'New name of knots' }), 'hitches');
    await page.keyboard.press('Enter');
    await page.getByText('Renamed on 1 posts').waitFor();
    expect(await api.ok('GET', `/v1/posts/${evergreenId}`)).toMatchObject({ tags: ['hitches'] });
  });

  told('a queue gets a slot and a cap, though it is paused meanwhile', async (page, { api, queueId }) => {
    await page.goto(`/queues/${queueId}`);
    await pressOn(page, button(page, /^Tue.* 09:30: no slot$/));
    await page.keyboard.press('Escape');
    await typeInto(page, page.getByRole('textbox', { name: 'Most a day' }), '2');
    await tabTo(page, button(page, 'Pause'), 'Shift+Tab');
    await page.keyboard.press('Enter');
    await page.getByText('Mornings is paused').waitFor();
    await button(page, 'Resume').waitFor();
    await pressOn(page, button(page, 'Save'));
    await page.getByText('Saved', { exact: true }).first().waitFor();
    const queue = await api.ok<{ slots: object[] }>('GET', `/v1/queues/${queueId}`);
    expect(queue).toMatchObject({ dailyCap: 2 });
    expect(queue.slots).toHaveLength(4);
  });

  told('people are brought from a CSV file', async (page, { api }) => {
    await page.goto('/audience/imports/new');
    const choose = pressOn(page, button(page, 'Choose a CSV file'));
    const [chooser] = await Promise.all([page.waitForEvent('filechooser'), choose]);
    const buffer = Buffer.from('email\ndora@example.net\nemil@example.net\nnobody\n');
    await chooser.setFiles({ name: 'fair.csv', mimeType: 'text/csv', buffer });
    await typeInto(page, page.getByRole('textbox', { name: 'Where they come from' }), 'The fair');
    await typeInto(page, page.getByRole('textbox', { name: 'Words they agreed to' }), 'Write to me.');
    await typeInto(page, page.getByRole('textbox', { name: 'Version of the words' }), '1');
    await pressOn(page, button(page, 'Judge the rows'));
    await button(page, 'Let 2 people join').waitFor(WITHIN);
    await pressOn(page, button(page, 'Let 2 people join'));
    await pressOn(page, button(page.getByRole('dialog'), 'Start'));
    await page.getByText('All rows have their fate.').waitFor(WITHIN);
    const found = () => api.call('POST', '/v1/subscribers/find', { email: 'dora@example.net' });
    await until(async () => (await found()).status === 200, 'dora to be on the list');
  });

  told('a broadcast is written, sent, stopped under way, and sent to its end', async (page, _, { sink }) => {
    const gate = Promise.withResolvers<void>();
    sink.onMail = ({ to }) => (to.endsWith('@example.net') ? gate.promise : undefined);
    await page.goto('/audience/broadcasts/new');
    await typeInto(page, page.getByRole('textbox', { name: 'Subject' }), 'Where to find us');
    await typeInto(page, page.getByRole('textbox', { name: 'Text' }), 'On Shorts, too.');
    await pressOn(page, button(page, 'Save the draft'));
    await pressOn(page, button(page, 'Check before sending'));
    await page.getByText(/Ready to go|It can go, but look at this/).waitFor(WITHIN);
    await pressOn(page, button(page, 'Send now'));
    await pressOn(page, button(page.getByRole('dialog'), /^Send to \d people$/));
    await button(page, 'Pause').waitFor(WITHIN);
    await pressOn(page, button(page, 'Pause'));
    await page.getByText('Paused', { exact: true }).first().waitFor(WITHIN);
    gate.resolve();
    await pressOn(page, button(page, 'Resume'));
    await pressOn(page, button(page.getByRole('dialog'), 'Resume'));
    await page.getByText(/^(\d+) of \1 settled$/).waitFor(WITHIN);
    await page.getByText('Sent', { exact: true }).first().waitFor(WITHIN);
  });

  told('an account is renamed, taken off, and another one brought as far as the platform', async (page, home) => {
    await page.goto('/accounts');
    const card = page.locator(`[data-account="${home.shorts.id}"]`);
    await pickFrom(page, card.getByRole('button', { name: /^More: / }), 'Rename');
    const dialog = page.getByRole('dialog');
    await typeInto(page, dialog.getByRole('textbox', { name: 'Name' }), 'Our second stage');
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached' });
    await pickFrom(page, button(page, 'More: Our second stage'), 'Disconnect');
    await pressOn(page, button(dialog, 'Disconnect'));
    await page.getByText('The account is disconnected.').waitFor();
    await pressOn(page, button(page, 'Connect an account'));
    await pressOn(page, button(dialog, 'Go to TikTok'));
    await page.getByRole('button', { name: 'Allow' }).waitFor();
  });
});
