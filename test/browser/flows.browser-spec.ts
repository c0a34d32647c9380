import { expect } from '@jest/globals';
import { connectAccount, readTarget, uploadClip } from '../support/story.js';
import { faultsInBothSchemes } from './support/axe.js';
import { type Story, stories } from './support/story.js';

const WITHIN = { timeout: 60_000 };
const HOUR_MS = 3_600_000;
const nextYear = new Date().getUTCFullYear() + 1;

stories('flows', (story: Story) => {
  story('an account is connected on the platform itself, and the person is back where they began', async (stage) => {
    const studio = await stage.openStudio('Consenting');
    await stage.sandbox.createAccount('tiktok');
    const { page } = await stage.visit({ as: studio });
    await page.goto('/accounts');
    await page.getByRole('button', { name: 'Connect an account' }).first().click();
    await page.getByRole('button', { name: 'Go to TikTok' }).click();
    await page.getByRole('button', { name: 'Allow' }).click();
    await page.getByRole('status').filter({ hasText: 'Connected on TikTok' }).waitFor();
    await page.getByRole('article').getByText('Can post.').waitFor();
    const { items } = await studio.api.ok<{ items: object[] }>('GET', '/v1/accounts');
    expect(items).toMatchObject([{ platform: 'tiktok', status: 'active' }]);
    await page.getByRole('button', { name: /^More: / }).press('Enter');
    await page.getByRole('menuitem', { name: 'Disconnect' }).press('Enter');
    await page.getByRole('dialog').getByRole('button', { name: 'Disconnect' }).click();
    await page.getByText(/^Perennial publishes as your accounts\. Connect one/).waitFor();
  });

  story('who refuses on the platform comes back, too, and is told that nothing is connected', async (stage) => {
    const studio = await stage.openStudio('Refusing');
    await stage.sandbox.createAccount('shorts');
    const { page, watch } = await stage.visit({ as: studio });
    watch.allow(422, /callback$/);
    await page.goto('/accounts');
    await page.getByRole('button', { name: 'Connect an account' }).first().click();
    await page.getByRole('combobox', { name: 'Platform' }).click();
    await page.getByRole('option', { name: 'Shorts' }).click();
    await page.getByRole('button', { name: 'Go to Shorts' }).click();
    await page.getByRole('button', { name: 'Deny' }).click();
    await page.getByRole('alert').filter({ hasText: 'Nothing was connected on Shorts' }).waitFor();
    expect(await faultsInBothSchemes(page)).toEqual([]);
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('button', { name: 'Go to Shorts' }).waitFor();
    expect(await studio.api.ok('GET', '/v1/accounts')).toMatchObject({ items: [] });
  });

  story('posts are moved by hand before a platform goes dark, and taken back', async (stage) => {
    const studio = await stage.openStudio('Foresight');
    const { api } = studio;
    const tiktok = await connectAccount(api, stage.sandbox, 'tiktok');
    const shorts = await connectAccount(api, stage.sandbox, 'shorts');
    const route = {
      scope: 'account',
      scopeId: tiktok.id,
      onDegraded: 'reroute',
      failback: 'none',
      fallbacks: [shorts.id],
    };
    await api.ok('POST', '/v1/routes', route);
    const mediaIds = [await uploadClip(api, 'street-at-dawn.mp4')];
    const scheduledAt = new Date(Date.now() + 2 * HOUR_MS).toISOString();
    const body = { caption: 'Street', mediaIds, scheduledAt, targets: [{ accountId: tiktok.id }] };
    const { targets } = await api.ok<{ targets: { id: string }[] }>('POST', '/v1/posts', body);
    const id = targets[0]?.id ?? '';
    const { page } = await stage.visit({ as: studio });
    await page.goto('/routes');
    await page.getByRole('button', { name: 'Move 1 post now' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Move 1 post now' }).click();
    await page.getByText('1 post moved').waitFor(WITHIN);
    expect(await readTarget(api, id)).toMatchObject({ status: 'rerouted' });
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('1 post taken back').waitFor();
    const { items } = await api.ok<{ items: object[] }>('GET', '/v1/targets?status=scheduled');
    expect(items).toMatchObject([{ accountId: tiktok.id, role: 'catch_up' }]);
  });

  story('a series is written, shown in the calendar, changed and ended there', async (stage) => {
    const studio = await stage.openStudio('Again');
    const { api } = studio;
    await connectAccount(api, stage.sandbox, 'tiktok');
    const mediaId = await uploadClip(api, 'bread-timer.mp4');
    const { page } = await stage.visit({ as: studio });
    await page.goto(`/compose?media=${mediaId}`);
    await page.getByRole('checkbox', { name: /, TikTok$/ }).check();
    await page.getByRole('textbox', { name: 'Caption' }).fill('Bread, again');
    await page.getByRole('radio', { name: 'Again and again' }).check();
    await page.getByLabel(/^First time in/).fill(`${nextYear}-05-04T10:00`);
    await page.getByRole('textbox', { name: 'Runs in all' }).fill('3');
    await page.getByRole('button', { name: 'Schedule every run' }).click();
    await page.getByText('Every run is planned').waitFor(WITHIN);
    const { items } = await api.ok<{ items: { id: string }[] }>('GET', '/v1/posts');
    const path = `/v1/posts/${items[0]?.id}/recurrence`;
    expect(await api.ok('GET', path)).toMatchObject({ start: expect.stringContaining(`${nextYear}-05-04T10:00`) });
    await page.getByRole('button', { name: 'Stop repeating' }).click();
    await page.getByText('It does not repeat any more.').waitFor();
    await page.getByText(/^Repeats: /).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText(/^Repeats: Every day at 10:00, 3 times/).waitFor();
    await page.goto(`/calendar?view=month&date=${nextYear}-05-04`);
    await page
      .getByRole('button', { name: /Bread, again/ })
      .first()
      .click();
    await page.getByRole('button', { name: 'Edit the series' }).click();
    const dialog = page.getByRole('dialog', { name: 'Edit the series' });
    await dialog.getByRole('textbox', { name: 'Every' }).fill('2');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(await api.ok('GET', path)).toMatchObject({ rule: expect.stringContaining('INTERVAL=2') });
    await page.getByRole('button', { name: 'Edit the series' }).click();
    await dialog.getByRole('button', { name: 'End the series' }).click();
    await page.getByRole('dialog', { name: 'End the series' }).getByRole('button', { name: 'End the series' }).click();
    await page.getByText('The series has ended').waitFor();
    expect((await api.call('GET', path)).status).toBe(404);
  });
});
