import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startSandbox } from '../../src/sandbox/start-sandbox.js';
import { type Answer, call, type Connected, type Json, postJson, VIDEO } from './sandbox-wire.js';

export const DAY_MS = 86_400_000;

/** Both hosts of the sandbox's Instagram, and a server with a clip beside them. */
export interface InstagramWorld {
  readonly instagram: string;
  readonly facebook: string;
  readonly filesUrl: string;
  /** Posts to the sandbox's controls. */
  control(path: string, body?: unknown): Promise<Answer>;
  connect(flavour?: string): Promise<Connected>;
  truthOf(account: Connected): Promise<Json[]>;
  stop(): Promise<void>;
}

export const withToken = (url: string, token: string | undefined, more = ''): string =>
  `${url}?access_token=${token}${more}`;
export const codeOf = ({ json }: Answer) => [json.error?.code, json.error?.error_subcode];

/** Has `/clip.mp4`, and `/moved` that leads to it. */
const startFiles = async () => {
  const files = createServer((request, response) => {
    if (request.url === '/moved') return response.writeHead(302, { location: '/clip.mp4' }).end();
    const isVideo = request.url === '/clip.mp4';
    response.writeHead(isVideo ? 200 : 404, { 'content-type': 'video/mp4' }).end(isVideo ? VIDEO : '');
  });
  await new Promise<void>((resolve) => files.listen(0, '127.0.0.1', resolve));
  return files;
};

export const startInstagram = async (): Promise<InstagramWorld> => {
  const sandbox = await startSandbox({ skylight: false, seed: 7 });
  const files = await startFiles();
  const control: InstagramWorld['control'] = (path, body = {}) =>
    postJson(`${sandbox.urls.control}/__sim/${path}`, body);
  return {
    instagram: sandbox.urls.instagram,
    facebook: sandbox.urls.facebook ?? '',
    filesUrl: `http://127.0.0.1:${(files.address() as AddressInfo).port}`,
    control,
    connect: async (flavour = 'instagram') => (await control('accounts', { platform: 'reels', flavour })).json,
    truthOf: async ({ externalId }) =>
      (await call(`${sandbox.urls.control}/__sim/posts`)).json.filter(
        (post: Json) => post.accountExternalId === externalId,
      ),
    stop: async () => {
      files.close();
      await sandbox.stop();
    },
  };
};
