import { expect } from '@jest/globals';
import { until } from '../support/app.js';
import { consent } from '../support/audience.js';
import { connectAccount } from '../support/story.js';
import { seriousFaults, sidewaysPx } from './support/axe.js';
import type { BrowserStage } from './support/stage.js';
import { type Story, stories } from './support/story.js';

/** A studio with a public page; its TikTok is said to be down. */
const openPublicStudio = async (stage: BrowserStage, slug: string) => {
  const studio = await stage.openStudio(slug);
  const { api } = studio;
  await api.ok('PATCH', '/v1/workspace', { statusSlug: slug, brandColor: '#7a1f5c' });
  await connectAccount(api, stage.sandbox, 'tiktok');
  await api.ok('POST', '/v1/sign-up-forms', { name: 'Status', title: 'Stay in touch', consentText: consent.text });
  const trouble = { state: 'down', reason: 'Uploads fail', forSeconds: 600 };
  await api.ok('POST', '/v1/platforms/tiktok/override', trouble);
  return studio;
};

const linkIn = (raw: string): string =>
  /http:\/\/127\.0\.0\.1:\d+\/confirm\/[\w-]+/.exec(raw.replaceAll('=\r\n', ''))?.[0] ?? '';

stories('the public status page', (story: Story) => {
  story('says what is down and takes readers on the list, without any script', async (stage) => {
    const studio = await openPublicStudio(stage, 'teahouse');
    const { page } = await stage.visit({ script: false });
    await page.goto('/status/teahouse');
    await page.getByRole('heading', { level: 1, name: 'TikTok has trouble right now' }).waitFor();
    await page.getByLabel('Email').fill('reader@example.net');
    await page.getByRole('button', { name: 'Sign up' }).click();
    await page.getByRole('heading', { level: 1 }).waitFor();
    const mail = await until(() => stage.sink.mails.find(({ to }) => to === 'reader@example.net'), 'the mail');
    await page.goto(linkIn(mail.raw));
    await page.getByRole('button').click();
    await page.getByRole('heading', { level: 1 }).waitFor();
    const found = await studio.api.ok('POST', '/v1/subscribers/find', { email: 'reader@example.net' });
    expect(found).toMatchObject({ email: 'reader@example.net', status: 'confirmed' });
  });

  story('speaks the language of its reader and is for everybody', async (stage) => {
    await openPublicStudio(stage, 'maison-du-the');
    const { page } = await stage.visit({ language: 'fr-FR' });
    await page.goto('/status/maison-du-the');
    await page.getByRole('heading', { level: 1, name: 'TikTok a des difficultés en ce moment' }).waitFor();
    for (const colorScheme of ['light', 'dark'] as const)
      for (const width of [1_280, 390]) {
        await page.emulateMedia({ colorScheme });
        await page.setViewportSize({ width, height: 900 });
        expect(await seriousFaults(page)).toEqual([]);
        expect(await sidewaysPx(page)).toBe(0);
      }
  });
});
