import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startAppProcess, type TestApp, until } from '../support/app.js';
import { describeWithFfmpeg, oddVideo } from '../support/ffmpeg.js';
import { startSandbox, type TestSandbox } from '../support/sandbox.js';
import { connectAccount, publishNow, readTarget } from '../support/story.js';

interface MediaView {
  readonly id: string;
  readonly sha256: string;
}
interface RenditionView {
  readonly state: string;
  readonly resultId?: string;
}

describeWithFfmpeg('a video that no platform takes', () => {
  let sandbox: TestSandbox;
  let app: TestApp;
  beforeAll(async () => {
    sandbox = await startSandbox();
    app = await startAppProcess(sandbox.env);
  });
  afterAll(async () => {
    await app.stop();
    await sandbox.stop();
  });

  it('is refused with reasons, rendered by a worker, and then published as its rendition', async () => {
    const { api } = app;
    const account = await connectAccount(api, sandbox, 'tiktok');
    const form = new FormData();
    form.set('file', new Blob([new Uint8Array(oddVideo())], { type: 'video/webm' }), 'odd.webm');
    const { id } = await api.ok<MediaView>('POST', '/v1/media', form);
    const post = { caption: 'Odd', mediaIds: [id], publishNow: true, targets: [{ accountId: account.id }] };
    const refusal = await api.call<{ errors: { rule: string }[] }>('POST', '/v1/posts', post);
    expect(refusal.status).toBeGreaterThanOrEqual(400);
    expect(refusal.body.errors.map(({ rule }) => rule).sort()).toEqual(['video.fps', 'video.min_side']);

    expect((await api.call('POST', `/v1/media/${id}/renditions`)).status).toBe(202);
    const path = `/v1/media/${id}/renditions`;
    const look = async () => (await api.ok<{ items: RenditionView[] }>('GET', path)).items[0]?.resultId;
    const resultId = await until(look, 'the rendition', 90_000);

    const [target] = await publishNow(api, id, [account], 'Odd');
    await until(async () => (await readTarget(api, target?.id ?? '')).status === 'published', 'the post');
    const { sha256 } = await api.ok<MediaView>('GET', `/v1/media/${resultId}`);
    expect(await sandbox.posts('tiktok')).toMatchObject([{ sha256 }]);
  });
});
