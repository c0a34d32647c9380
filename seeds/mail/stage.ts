import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { apiClient, type Call } from '../demo/clients.ts';
import { type Program, startProgram } from '../demo/processes.ts';
import { APP_COMMAND } from '../support/app-command.ts';

/** An API with the private database; senders are started apart. */
export interface MailStage {
  readonly api: Call;
  readonly db: pg.Client;
  /** The app that only works: it sends what is due. */
  startSender(): Promise<Program>;
  stop(): Promise<void>;
}

/** Nothing but mail: no platform is asked, no feed read. */
const QUIET = {
  NODE_ENV: 'production',
  PORT: '0',
  LOG_LEVEL: 'error',
  PROBES_ENABLED: 'false',
  METRICS_ENABLED: 'false',
  STATUS_FEEDS: 'none',
  RATE_LIMIT_PER_MINUTE: '0',
  // One click works over https only, and from 5,000 readers on nothing leaves without it.
  PUBLIC_URL: 'https://mail.studio.example',
  // A large list needs no second look here.
  BROADCAST_CONFIRM_FROM: '0',
};

/** @param settings of the app, over the usual ones */
export const setMailStage = async (settings: Readonly<Record<string, string>>): Promise<MailStage> => {
  const folder = await mkdtemp(join(tmpdir(), 'perennial-mail-'));
  const env = { ...QUIET, DATA_DIR: folder, ...settings };
  const started: Program[] = [];
  let db: pg.Client | undefined;
  const stop = async (): Promise<void> => {
    await db?.end().catch(() => undefined);
    for (const program of started.toReversed()) await program.stop();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const app = await startProgram(APP_COMMAND, { ...env, ROLE: 'api', DATABASE_URL: '' }, (line) =>
      line.includes('prn_live_'),
    );
    started.push(app);
    const printed = app.lines.join('\n');
    const databaseUrl = /DATABASE_URL=(\S+)/.exec(printed)?.[1] ?? '';
    db = new pg.Client({ connectionString: databaseUrl });
    db.on('error', () => undefined);
    await db.connect();
    const startSender = async (): Promise<Program> => {
      const sender = await startProgram(APP_COMMAND, { ...env, ROLE: 'worker', DATABASE_URL: databaseUrl }, (line) =>
        line.includes('ready'),
      );
      started.push(sender);
      return sender;
    };
    const api = apiClient(/ready at (\S+)/.exec(printed)?.[1] ?? '', /prn_live_\w+/.exec(printed)?.[0] ?? '');
    return { api, db, startSender, stop };
  } catch (error) {
    await stop();
    throw error;
  }
};

/** Sends a broadcast to everyone with the tag. @returns its id */
export const sendToAll = async (api: Call, content: object, tag: string): Promise<string> => {
  const { id } = await api<{ id: string }>('POST', '/v1/broadcasts', { kind: 'news', tags: [tag], ...content });
  await api('POST', `/v1/broadcasts/${id}/send`, {});
  return id;
};
