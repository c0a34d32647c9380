// A link that lets a member in once, for who has the database:
//   node dist/workspaces/infrastructure/members/sign-in-link.cli.js --email you@example.com [--url http://host:port] [--json]
// --without-totp takes the second factor away from a member who has lost their app and their recovery codes.
import { parseArgs } from 'node:util';
import { loadEnv } from '../../../infra/config/env.schema.js';
import { loadKeyRing } from '../../../infra/crypto/key-ring.js';
import { SecretBox } from '../../../infra/crypto/secret-box.js';
import { Database } from '../../../infra/database/database.js';
import { withDataSource } from '../../../infra/database/with-data-source.js';
import { MakeSignInLink } from '../../application/members/make-sign-in-link.js';
import { AuditLogRepository } from '../audit-log.repository.js';
import { AccessLinksRepository } from './access-links.repository.js';
import { PeopleRepository } from './people.repository.js';
import { SecondFactorsRepository } from './second-factors.repository.js';

const OPTIONS = {
  email: { type: 'string' },
  url: { type: 'string' },
  json: { type: 'boolean' },
  'without-totp': { type: 'boolean' },
} as const;

const main = async (): Promise<void> => {
  const { email, url, json, 'without-totp': dropsTotp = false } = parseArgs({ options: OPTIONS }).values;
  if (email === undefined) throw new Error('Say whom to let in: --email you@example.com');
  const env = loadEnv();
  const base = (url ?? env.PUBLIC_URL ?? `http://${env.HOST}:${env.PORT}`).replace(/\/$/, '');
  const box = new SecretBox(await loadKeyRing(env.ENCRYPTION_KEYS, env.DATA_DIR));
  const { token, expiresAt } = await withDataSource(env, (source) => {
    const database = new Database(source);
    const people = new PeopleRepository(database);
    const links = new AccessLinksRepository(database);
    const factors = new SecondFactorsRepository(database, box);
    return new MakeSignInLink(database, people, links, new AuditLogRepository(database), factors).execute(email, {
      dropsTotp,
    });
  });
  const link = `${base}/sign-in#${token}`;
  const sentence = `Opens once, until ${expiresAt.toISOString()}: ${link}`;
  process.stdout.write(`${json ? JSON.stringify({ link, expiresAt: expiresAt.toISOString() }) : sentence}\n`);
};

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
