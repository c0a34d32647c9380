import { AppConfig } from '../../src/infra/config/app-config.js';
import { parseEnv } from '../../src/infra/config/env.schema.js';
import { SendAccessMails } from '../../src/workspaces/application/members/send-access-mails.js';
import type { AccessMail } from '../../src/workspaces/domain/members/access-mail.js';
import { AccessMailer, type AccessMailOutcome } from '../../src/workspaces/domain/members/access-mails.port.js';
import { BootstrapWorkspace, WorkspacesModule } from '../../src/workspaces/index.js';
import { type PartialAnswer, type PartialApp, startPartialApp } from './partial-app.js';
import { createTestDatabase, type TestDatabase } from './postgres.js';

/** Keeps what it was given, and answers what it is told to. */
export class KeptMails extends AccessMailer {
  readonly sent: AccessMail[] = [];
  outcome: AccessMailOutcome = { kind: 'accepted' };
  isOn = true;

  override get isConfigured(): boolean {
    return this.isOn;
  }

  async send(mail: AccessMail): Promise<AccessMailOutcome> {
    this.sent.push(mail);
    return this.outcome;
  }
}

export const PASSWORD = 'correct horse battery';

/** People and workspaces over HTTP; hashing costs next to nothing. */
export interface MembersStage {
  readonly db: TestDatabase;
  readonly partial: PartialApp;
  readonly mails: KeptMails;
  readonly operator: string;
  readonly workspaceId: string;
  send(
    method: string,
    path: string,
    options?: { key?: string; cookie?: string; body?: unknown; site?: string },
  ): Promise<PartialAnswer>;
  /** @returns the header `Cookie` of a new session */
  signIn(email: string, password?: string, rest?: object): Promise<string>;
  /** Writes the mails that are due. @returns the secret in the newest to this address */
  secretFor(email: string): Promise<string>;
  /** Invites and accepts. @returns the header `Cookie` */
  join(email: string, role: string): Promise<string>;
  stop(): Promise<void>;
}

export const OWNER = 'owner@example.com';

/** The stage once its first person has come. */
export const startOwned = async (): Promise<MembersStage> => {
  const stage = await startMembers();
  const body = { email: ' Owner@Example.com ', name: 'Olga', password: PASSWORD };
  const first = await stage.send('POST', '/v1/members', { key: stage.operator, body });
  if (first.status !== 201 || first.body.email !== OWNER) throw new Error(JSON.stringify(first));
  return stage;
};

/** Whatever was tried before. @returns the header `Cookie` of a new session of the owner */
export const ownerOf = async (stage: MembersStage): Promise<string> => {
  await stage.db.database.affected(`delete from sign_in_throttle`);
  return stage.signIn(OWNER);
};

export const cookieOf = ({ headers }: PartialAnswer): string => headers.getSetCookie()[0]?.split(';')[0] ?? '';

export const startMembers = async (env: Record<string, string> = {}): Promise<MembersStage> => {
  const db = await createTestDatabase();
  const mails = new KeptMails();
  const config = new AppConfig(parseEnv({ PASSWORD_MEMORY_KIB: '64', PASSWORD_PASSES: '2', ...env }));
  const replace = new Map<unknown, unknown>([
    [AppConfig, config],
    [AccessMailer, mails],
  ]);
  const partial = await startPartialApp(db, { imports: [WorkspacesModule], replace });
  const { workspaceId, apiKey: operator = '' } = await partial.app.get(BootstrapWorkspace).execute();
  const writer = partial.app.get(SendAccessMails);

  const send: MembersStage['send'] = (method, path, { key, cookie, body, site = 'same-origin' } = {}) =>
    partial.send({
      ...{ method, path, body },
      ...(key === undefined ? {} : { key }),
      headers: cookie === undefined ? {} : { cookie, ...(site === '' ? {} : { 'sec-fetch-site': site }) },
    });
  const secretFor = async (email: string) => {
    await writer.runOnce();
    return /#(\S+)/.exec(mails.sent.findLast(({ to }) => to === email)?.text ?? '')?.[1] ?? '';
  };
  return {
    ...{ db, partial, mails, operator, workspaceId, send, secretFor },
    signIn: async (email, password = PASSWORD, rest = {}) =>
      cookieOf(await send('POST', '/v1/public/sign-in', { body: { email, password, ...rest } })),
    join: async (email, role) => {
      await send('POST', '/v1/invites', { key: operator, body: { email, role } });
      const body = { token: await secretFor(email), password: PASSWORD };
      return cookieOf(await send('POST', '/v1/public/invites/accept', { body }));
    },
    stop: async () => {
      await partial.stop();
      await db.drop();
    },
  };
};
