import { ConfirmationQueue, type ConfirmationJob } from '../../src/audience/domain/lists/confirmation-queue.port.js';
import { audienceTiming } from '../../src/audience/domain/audience.timing.js';
import { mailIdentity } from '../../src/audience/domain/sending/mail-identity.js';
import { MessageBuilder } from '../../src/audience/domain/sending/message-builder.port.js';
import { MailSettings } from '../../src/audience/domain/sending/mail-settings.js';
import { AudienceModule } from '../../src/audience/index.js';
import { ConfirmationJob as ConfirmationWorker } from '../../src/audience/jobs/lists/confirmation.job.js';
import { MailTransport } from '../../src/infra/mail/mail-transport.js';
import { newId } from '../../src/kernel/ids.js';
import { BootstrapWorkspace, WorkspacesModule } from '../../src/workspaces/index.js';
import { InlineMessageBuilder } from './inline-message-builder.js';
import { NoJobsModule } from './no-jobs.js';
import { type PartialAnswer, type PartialApp, startPartialApp } from './partial-app.js';
import type { TestDatabase } from './postgres.js';

/** The audience room over HTTP, its confirm mails caught before the job engine. */
export interface AudienceApp {
  readonly partial: PartialApp;
  readonly jobs: ConfirmationJob[];
  /** As the first admin key; a body that is left out sends none. */
  api(method: string, path: string, body?: unknown): Promise<PartialAnswer>;
  /** Without a key; answers the page as text. */
  visit(
    method: string,
    path: string,
    form?: string,
  ): Promise<{ status: number; text: string; location: string | null }>;
  /** As the first admin key; answers the file as text. */
  file(path: string): Promise<string>;
  readonly workspaceId: string;
  readonly key: string;
  stop(): Promise<void>;
}

/** Where links in mails lead. */
export const PUBLIC_URL = 'https://mail.example.org';

export interface AudienceOptions {
  readonly smtpUrl?: string;
  readonly timeScale?: number;
  /** Key of an app started before on the same database. */
  readonly key?: string;
  /** More providers to replace: token and value. */
  readonly replace?: ReadonlyMap<unknown, unknown>;
}

/** Starts the room on `db`; ticks do not run, tests call `runOnce`. */
export const startAudience = async (db: TestDatabase, options: AudienceOptions = {}): Promise<AudienceApp> => {
  const jobs: ConfirmationJob[] = [];
  const settings = new MailSettings(
    () => mailIdentity('Studio <news@example.org>', PUBLIC_URL),
    audienceTiming(options.timeScale ?? 1),
  );
  const queue: ConfirmationQueue = { enqueue: async (added) => void jobs.push(...added) };
  const partial = await startPartialApp(db, {
    imports: [NoJobsModule, WorkspacesModule, AudienceModule],
    replace: new Map<unknown, unknown>([
      [MailTransport, new MailTransport(options.smtpUrl)],
      [MailSettings, settings],
      [ConfirmationQueue, queue],
      [ConfirmationWorker, {}],
      [MessageBuilder, new InlineMessageBuilder()],
      ...(options.replace ?? []),
    ]),
  });
  const { workspaceId, apiKey } = await partial.app.get(BootstrapWorkspace).execute();
  const key = options.key ?? apiKey ?? '';
  const origin = await partial.app.getUrl();
  return {
    partial,
    jobs,
    key,
    workspaceId,
    api: (method, path, body) => partial.send({ method, path, key, ...(body === undefined ? {} : { body }) }),
    visit: async (method, path, form) => {
      const headers = form === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' };
      const body = form === undefined ? {} : { body: form };
      const response = await fetch(origin + path, { method, redirect: 'manual', headers, ...body });
      return { status: response.status, text: await response.text(), location: response.headers.get('location') };
    },
    file: async (path) => (await fetch(origin + path, { headers: { authorization: `Bearer ${key}` } })).text(),
    stop: () => partial.stop(),
  };
};

export const consent = { text: 'Mail me when a platform is down.', textVersion: '1', source: 'form' };

/** A person whose consent was given elsewhere. */
export const confirmedPerson = (email: string, more: object = {}) => ({
  email,
  alreadyConfirmed: true,
  consent: { ...consent, source: 'import', evidence: 'row 1 of the export' },
  ...more,
});

/** Puts somebody on the list whose consent was given elsewhere. @returns the id */
export const addPerson = async (app: AudienceApp, email: string, more: object = {}): Promise<string> => {
  const { status, body } = await app.api('POST', '/v1/subscribers', confirmedPerson(email, more));
  if (status !== 201) throw new Error(`${email} was not added: ${JSON.stringify(body)}`);
  return body.id;
};

/** More would be too large a body. */
const AT_ONCE = 400;

/** Puts `count` confirmed people on the list: `p0@example.net` and so on. */
export const seedPeople = async (app: AudienceApp, count: number): Promise<void> => {
  const people = Array.from({ length: count }, (_, index) => confirmedPerson(`p${index}@example.net`));
  for (let from = 0; from < count; from += AT_ONCE) {
    const subscribers = people.slice(from, from + AT_ONCE);
    const { status } = await app.api('POST', '/v1/subscribers/bulk', { subscribers });
    if (status !== 200) throw new Error(`bulk answered ${status}`);
  }
};

/** An open incident. @param openedAgoSeconds how long it lasts already */
export const seedIncident = async (db: TestDatabase, openedAgoSeconds = 0): Promise<string> => {
  const id = newId();
  await db.database.affected(
    `insert into incident (id, platform, region, opened_at, worst_state, reason)
     values ($1, 'tiktok', 'us', clock_timestamp() - $2::float8 * interval '1 second', 'down', 'uploads fail')`,
    [id, openedAgoSeconds],
  );
  return id;
};
