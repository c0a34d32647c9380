import { mkdtemp, readdir, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { INestApplication, Type } from '@nestjs/common';
import { AppConfig } from '../../src/infra/config/app-config.js';
import { parseEnv } from '../../src/infra/config/env.schema.js';
import { BootstrapWorkspace } from '../../src/workspaces/index.js';
import { NoJobsModule } from './no-jobs.js';
import { startPartialApp } from './partial-app.js';
import { createTestDatabase, type TestDatabase } from './postgres.js';

export const CLIPS = resolve('seeds/clips');

/** Some rooms behind real HTTP, with an empty media folder and a first workspace. */
export interface RoomServer {
  readonly app: INestApplication;
  readonly db: TestDatabase;
  readonly workspaceId: string;
  readonly key: string;
  readonly mediaDir: string;
  /** Files under the media folder, `<workspace>/<id>`. */
  files(): Promise<string[]>;
  send(method: string, path: string, options?: SendOptions): Promise<Answer>;
  close(): Promise<void>;
}

export interface SendOptions {
  readonly key?: string;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Sent as it is. */
  readonly raw?: FormData | Blob | string;
  readonly headers?: Record<string, string>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** JSON, or a Buffer of anything else. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests read other people's JSON
  readonly body: any;
}

/** Starts the rooms; `close` them in `afterAll`. */
export const startRooms = async (
  imports: readonly Type[] | ((db: TestDatabase) => readonly Type[]),
  env: Record<string, string> = {},
): Promise<RoomServer> => {
  const db = await createTestDatabase();
  const dataDir = await mkdtemp(join(tmpdir(), 'perennial-media-'));
  const config = new AppConfig(parseEnv({ DATA_DIR: dataDir, ...env }));
  const { app, stop } = await startPartialApp(db, {
    imports: typeof imports === 'function' ? imports(db) : [NoJobsModule, ...imports],
    replace: new Map([[AppConfig, config]]),
  });
  const { workspaceId, apiKey: key = '' } = await app.get(BootstrapWorkspace, { strict: false }).execute();
  const origin = `http://127.0.0.1:${(app.getHttpServer().address() as AddressInfo).port}`;
  const mediaDir = join(dataDir, 'media');
  return {
    app,
    db,
    workspaceId,
    key,
    mediaDir,
    files: async () => {
      const found = await readdir(mediaDir, { recursive: true }).catch(() => []);
      return found.filter((name) => name.includes('/'));
    },
    send: (method, path, options) => send(origin + path, method, { key, ...options }),
    close: async () => {
      await stop();
      await db.drop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
};

const send = async (url: string, method: string, { key, body, raw, headers }: SendOptions): Promise<Answer> => {
  const response = await fetch(url, {
    method,
    headers: {
      authorization: `Bearer ${key}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    body: raw ?? (body === undefined ? null : JSON.stringify(body)),
  });
  const bytes = Buffer.from(await response.arrayBuffer());
  const isJson = (response.headers.get('content-type') ?? '').includes('json') && bytes.length > 0;
  return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(bytes.toString()) : bytes };
};

/** A multipart form with one file. */
export const formOf = (bytes: Uint8Array, fileName = 'clip.mp4', field = 'file'): FormData => {
  const form = new FormData();
  const type = fileName.endsWith('.webm') ? 'video/webm' : 'video/mp4';
  form.append(field, new Blob([new Uint8Array(bytes)], { type }), fileName);
  return form;
};
