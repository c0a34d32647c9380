import { expect } from '@jest/globals';
import pg from 'pg';
import { until } from '../support/app.js';
import { connectAccount, publishNow, readTarget, uploadClip } from '../support/story.js';
import { hasFocus, pressOn, typeInto } from './support/keyboard.js';
import type { BrowserStage } from './support/stage.js';
import { type Story, stories } from './support/story.js';

/** An hour of waiting takes ten seconds. */
const FAST = { TIME_SCALE: '360', PROBES_ENABLED: 'true', PROBE_INTERVAL_SECONDS: '1' };
const WITHIN = { timeout: 60_000 };

stories(
  'an outage, seen from the sofa',
  (story: Story) => {
    story('a post that may be live or not is asked about, and a person answers by keyboard', async (stage) => {
      const { api, page, watch, account, id } = await doubtIn(stage, 'Doubt');
      await pressOn(page, page.getByRole('button', { name: 'It is live' }));
      const link = page.getByRole('textbox', { name: 'Link to the post' });
      await hasFocus(page, link);
      await page.keyboard.type('https://example.org/elsewhere');
      watch.allow(422, /resolve$/);
      await page.keyboard.press('Enter');
      await page.getByText(/no link to a post/).waitFor();
      const { displayName } = await api.ok<{ displayName: string }>('GET', `/v1/accounts/${account.id}`);
      await typeInto(page, link, `https://www.tiktok.com/@${displayName}/video/7460000000000000001`);
      await page.keyboard.press('Enter');
      await page.getByText('It counts as published.').waitFor();
      await page.getByText('All is well.').waitFor(WITHIN);
      expect(await readTarget(api, id)).toMatchObject({ status: 'published', late: true });
      await stage.sandbox.clearFaults();
    });

    story('a post of which a person says that it is not there is sent once more', async (stage) => {
      const { api, page, id } = await doubtIn(stage, 'Absent');
      await pressOn(page, page.getByRole('button', { name: 'It is not, send again' }));
      const dialog = page.getByRole('dialog');
      await hasFocus(page, dialog.getByRole('button', { name: 'Cancel' }));
      await stage.sandbox.clearFaults();
      await pressOn(page, dialog.getByRole('button', { name: 'It is not, send again' }));
      await page.getByText(/It is sent again while it is worth it/).waitFor();
      await until(async () => (await readTarget(api, id)).status === 'published', 'the second try');
      await page.getByText('All is well.').waitFor(WITHIN);
    });

    story('TikTok goes dark: the page says so by itself, and where the posts went', async (stage) => {
      const studio = await stage.openStudio('Dark');
      const { api } = studio;
      const tiktok = await connectAccount(api, stage.sandbox, 'tiktok');
      const shorts = await connectAccount(api, stage.sandbox, 'shorts');
      const route = { scope: 'account', scopeId: tiktok.id, onDegraded: 'reroute', fallbacks: [shorts.id] };
      await api.ok('POST', '/v1/routes', route);
      const mediaId = await uploadClip(api, 'street-at-dawn.mp4');
      const { page } = await stage.visit({ as: studio });
      await page.goto('/');
      await page.getByText('All is well.').waitFor(WITHIN);
      await stage.sandbox.addFault({ platform: 'tiktok', kind: 'error-before', code: 503 });
      const [target] = await publishNow(api, mediaId, [tiktok], 'Street at dawn');
      await page
        .getByRole('status')
        .filter({ hasText: /TikTok is (degraded|down)/ })
        .waitFor(WITHIN);
      await page.getByRole('heading', { name: /Moved/ }).waitFor(WITHIN);
      await page.getByText(/TikTok → Shorts/).waitFor(WITHIN);
      await until(async () => (await readTarget(api, target?.id ?? '')).status === 'rerouted', 'the move');
      await page.getByRole('link', { name: 'Open it' }).first().waitFor(WITHIN);
      expect(await stage.sandbox.posts('shorts')).toHaveLength(1);
      await stage.sandbox.clearFaults();
    });
  },
  FAST,
);

/** A post whose fate nobody could find out, and the page that asks a person. */
const doubtIn = async (stage: BrowserStage, name: string) => {
  const studio = await stage.openStudio(name);
  const { api } = studio;
  const account = await connectAccount(api, stage.sandbox, 'tiktok');
  const mediaId = await uploadClip(api, 'knot-of-the-day.mp4');
  const { page, watch } = await stage.visit({ as: studio });
  await page.goto('/');
  await page.getByText('All is well.').waitFor();
  const lost = { platform: 'tiktok', account: account.externalId };
  await stage.sandbox.addFault({ ...lost, step: 'upload', kind: 'drop-after' });
  for (const step of ['status', 'list', 'query'])
    await stage.sandbox.addFault({ ...lost, step, kind: 'error-before', code: 503 });
  const [target] = await publishNow(api, mediaId, [account], 'One knot, perhaps');
  const id = target?.id ?? '';
  await page.getByRole('heading', { name: /Not confirmed yet/ }).waitFor(WITHIN);
  await letDaysPass(stage.app.databaseUrl, id);
  await page.getByRole('heading', { name: /Needs you/ }).waitFor(WITHIN);
  return { api, page, watch, account, id };
};

/** As if the platform had told nothing for longer than we ask. */
const letDaysPass = async (databaseUrl: string, targetId: string): Promise<void> => {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const past = `outcome_at - interval '4 days'`;
  await client.query(`update attempt set outcome_at = ${past} where target_id = $1`, [targetId]);
  await client.query(`update target set next_check_at = now() where id = $1`, [targetId]).finally(() => client.end());
};
