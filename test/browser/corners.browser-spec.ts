import { expect } from '@jest/globals';
import type { Page } from 'playwright-core';
import { faultsInBothSchemes } from './support/axe.js';
import { dialogFaults, type Way } from './support/dialogs.js';
import { type Furniture, furnish } from './support/furniture.js';
import { type LivedIn, liveIn } from './support/lived-in.js';
import { outOfReach } from './support/reach.js';
import { settled } from './support/settled.js';
import type { BrowserStage } from './support/stage.js';
import { type Story, stories } from './support/story.js';

/** A view of a page, and the ways to the dialogs that open from it. */
type Corner = readonly [path: string, ...dialogs: Way[]];
type Home = LivedIn & Furniture;

const moveIn = async (stage: BrowserStage, name: string): Promise<Home> => {
  const home = await liveIn(stage, name);
  return { ...home, ...(await furnish(home)) };
};

/** Each view in both schemes and without a mouse, then each of its dialogs: seen, walked into, left by Escape. */
const faultsOf = async (page: Page, corners: readonly Corner[]): Promise<Record<string, string[]>> => {
  const faults: Record<string, string[]> = {};
  for (const [path, ...ways] of corners) {
    await page.goto(path);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await settled(page);
    faults[path] = [...(await faultsInBothSchemes(page)), ...(await outOfReach(page))];
    for (const way of ways) faults[`${path} ${way.join(' > ')}`] = await dialogFaults(page, way);
  }
  return Object.fromEntries(Object.entries(faults).filter(([, found]) => found.length > 0));
};

stories('every corner is for everybody', (story: Story) => {
  let home: Promise<Home> | undefined;
  const told = (title: string, corners: (home: Home) => readonly Corner[]): void =>
    story(title, async (stage) => {
      const there = await (home ??= moveIn(stage, 'Corners'));
      const { page } = await stage.visit({ as: there });
      expect(await faultsOf(page, corners(there))).toEqual({});
    });

  told('of what goes out: calendar, library, queues, routes', ({ evergreenId, queueId }) => [
    ['/calendar?view=week', ['Shift many']],
    ['/calendar?view=agenda', [/Window garden/]],
    ['/library'],
    ['/library/media', [/^Delete/]],
    ['/library/import'],
    ['/library/labels', [/^Rename/], ['New set']],
    [`/library/posts/${evergreenId}`],
    ['/queues/new'],
    [`/queues/${queueId}`, [/^Delete/]],
    ['/routes', ['Add a route'], [/^Change: /], [/^Remove: /]],
    ['/routes?tab=by-hand'],
  ]);

  told('of what happens: accounts, incidents, drills', ({ incidentId, drillId }) => [
    [
      '/accounts',
      ['Connect an account'],
      [/^More: /, 'Rename'],
      [/^More: /, 'Connect again'],
      [/^More: /, 'Disconnect'],
    ],
    [`/incidents/${incidentId}`],
    [`/incidents/${incidentId}?tab=ledger`],
    [`/incidents/${incidentId}?tab=posts`],
    [`/incidents/${incidentId}?tab=public`],
    ['/drills', ['Start a drill']],
    [`/drills/${drillId}`],
  ]);

  told('of the audience', ({ subscriberId, broadcastId, peopleImportId }) => [
    ['/audience/broadcasts/new'],
    [`/audience/broadcasts/${broadcastId}`, ['Discard']],
    ['/audience/subscribers'],
    [`/audience/subscribers/${subscriberId}`, ['Erase']],
    ['/audience/segments', ['New segment'], [/^Change/], [/^Delete/]],
    ['/audience/imports'],
    ['/audience/imports/new'],
    [`/audience/imports/${peopleImportId}`],
    ['/audience/forms', ['New sign-up form'], ['Embed code'], [/^Change/], [/^Delete/]],
    ['/audience/suppressions', ['Suppress addresses'], [/^End it/]],
    ['/audience/notices'],
  ]);

  told('of the settings', ({ webhookId }) => [
    ['/settings/profile', ['Turn on']],
    ['/settings/workspace'],
    ['/settings/members'],
    ['/settings/keys', [/^Revoke: Statistics/]],
    ['/settings/webhooks', ['Add a webhook'], [/^Change/], [/^New secret/], [/^Remove/]],
    [`/settings/webhooks/${webhookId}`],
    ['/settings/notifications', ['Add a channel'], ['Enter the code'], [/^Remove/]],
    ['/settings/approvals'],
    ['/settings/feeds', [/^Remove/]],
    ['/settings/mail', ['Add a domain'], ['Add a server'], [/^Change/], [/^Remove/]],
    ['/settings/sms'],
    ['/settings/newsletter'],
  ]);
});
