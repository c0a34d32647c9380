import { expect } from '@jest/globals';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { uploadClip } from '../support/story.js';
import { stories } from './support/story.js';

stories('the dashboard is safe', (story) => {
  story('no page lets a script in that is not a file of ours', async ({ app }) => {
    for (const path of ['/', '/sign-in', '/calendar']) {
      const { headers } = await app.api.with(undefined).call('GET', path);
      const policy = headers.get('content-security-policy') ?? '';
      expect(policy).toMatch(/script-src 'self'(;|$)/);
      expect(policy).toMatch(/object-src 'none'/);
      expect(policy).toMatch(/frame-ancestors 'self'/);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
    }
  });

  story('a copy of the cookie opens nothing once its owner has left', async (stage) => {
    const studio = await stage.openStudio('Copied');
    const { page, context } = await stage.visit({ as: studio });
    await page.goto('/');
    await page.getByRole('heading', { level: 1, name: 'Now' }).waitFor();
    const [cookie] = await context.cookies();
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax' });
    expect(await page.evaluate('document.cookie')).not.toContain(cookie?.value);
    const thief = await stage.visit();
    if (cookie) await thief.context.addCookies([cookie]);
    await thief.page.goto('/');
    await thief.page.getByRole('heading', { level: 1, name: 'Now' }).waitFor();
    await page.getByRole('button', { name: 'Owner of Copied' }).press('Enter');
    await page.getByRole('menuitem', { name: 'Sign out' }).press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor();
    await thief.page.reload();
    await thief.page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor();
    expect((await thief.context.request.get('/v1/posts')).status()).toBe(401);
  });

  story('the address of somebody else shows nothing of theirs', async (stage) => {
    const owner = await stage.openStudio('Owners');
    const mediaIds = [await uploadClip(owner.api, 'tea-in-a-minute.mp4')];
    const body = { kind: 'evergreen', caption: 'Not for you', mediaIds };
    const { id: postId } = await owner.api.ok<{ id: string }>('POST', '/v1/posts', body);
    const letter = { kind: 'news', subject: 'Not for you', bodyText: 'Not for you.' };
    const { id: broadcastId } = await owner.api.ok<{ id: string }>('POST', '/v1/broadcasts', letter);
    const { page, context, watch } = await stage.visit({ as: await stage.openStudio('Curious') });
    watch.allow(404, /^\/v1\//);
    const paths = [`/compose/${postId}`, `/library/posts/${postId}`, `/audience/broadcasts/${broadcastId}`];
    for (const path of paths) {
      await page.goto(path);
      await page.getByRole('alert').first().waitFor();
      expect(await page.getByText('Not for you').count()).toBe(0);
    }
    for (const path of [`/v1/posts/${postId}`, `/v1/media/${mediaIds[0]}`, `/v1/broadcasts/${broadcastId}`])
      expect((await context.request.get(path)).status()).toBe(404);
  });

  story("a foreign page's forms do nothing, though the cookie travels with them", async (stage) => {
    const studio = await stage.openStudio('Careful');
    const { page, context, watch } = await stage.visit({ as: studio });
    const foreign = await startForeignPage(`${stage.app.api.url}/v1/workspace/pause`);
    watch.allow(403, /./);
    watch.allow(415, /./);
    // The same site on another port: the browser sends the cookie, and only the server can tell.
    const cookies = hearCookies(page);
    try {
      for (const host of ['127.0.0.1', 'localhost'])
        for (const kind of ['application/x-www-form-urlencoded', 'text/plain', 'multipart/form-data']) {
          await page.goto(`http://${host}:${foreign.port}/?kind=${encodeURIComponent(kind)}`);
          const pressed = page.getByRole('button').click();
          const [answer] = await Promise.all([page.waitForResponse(/workspace\/pause/), pressed]);
          expect([403, 415]).toContain(answer.status());
        }
    } finally {
      await foreign.stop();
    }
    expect((await cookies()).filter((cookie) => cookie !== '')).toHaveLength(3);
    expect(await context.cookies(stage.app.api.url)).toHaveLength(1);
    expect(await studio.api.ok('GET', '/v1/workspace')).not.toHaveProperty('pausedAt');
  });
});

const hearCookies = (page: Page): (() => Promise<string[]>) => {
  const heard: Promise<string>[] = [];
  page.on('request', (request) => {
    if (request.method() !== 'POST') return;
    heard.push(request.allHeaders().then(({ cookie = '' }) => cookie));
  });
  return () => Promise.all(heard);
};

/** A server of somebody else with a form that leads to ours. */
const startForeignPage = async (action: string): Promise<{ port: number; stop(): Promise<void> }> => {
  const server = createServer((request, response) => {
    const kind = new URL(request.url ?? '/', 'http://foreign').searchParams.get('kind') ?? '';
    response.setHeader('content-type', 'text/html');
    response.end(`<form method="post" action="${action}" enctype="${kind}">
      <input name='{"reason":"mine","x":"' value='"}'><button>A prize</button></form>`);
  });
  await new Promise<void>((listening) => server.listen(0, listening));
  const stop = () => new Promise<void>((closed) => server.close(() => closed()));
  return { port: (server.address() as AddressInfo).port, stop };
};
