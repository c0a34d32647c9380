import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { CredentialBox } from '../../src/accounts/infrastructure/credential-box.js';
import { TokenVaultRepository } from '../../src/accounts/infrastructure/token-vault.repository.js';
import { SEALED_COLUMNS } from '../../src/infra/crypto/sealed-columns.js';
import { RotateKeys } from '../../src/infra/crypto/rotate-keys.js';
import { SecretBox } from '../../src/infra/crypto/secret-box.js';
import { newId } from '../../src/kernel/ids.js';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';
import { seedAccount, seedWorkspace } from '../support/rows.js';

const keyOf = (id: string) => `${id}:${randomBytes(32).toString('base64')}`;
const [OLD, NEW] = [keyOf('k1'), keyOf('k2')];
const old = new SecretBox(OLD);
const both = new SecretBox(`${NEW},${OLD}`);

describe('rotating keys', () => {
  let db: TestDatabase;
  let ids: string[];

  beforeAll(async () => {
    db = await createTestDatabase();
  });
  afterAll(() => db.drop());
  beforeEach(async () => {
    await db.database.affected('delete from account');
    const { workspaceId, accountId } = await seedWorkspace(db.database);
    ids = [accountId];
    while (ids.length < 3) {
      const id = newId();
      await seedAccount(db.database, { workspaceId, accountId: id, platform: 'tiktok', region: 'us' });
      ids.push(id);
    }
    for (const id of ids) await write(id, { token: `token-${id}` });
  });

  const write = async (id: string, credentials: Record<string, string>, box = old) => {
    const { keyId, sealed } = new CredentialBox(box).seal(id, credentials);
    await db.database.affected('update account set cred_enc = $2, key_id = $3 where id = $1', [id, sealed, keyId]);
  };
  const tokensWith = (ring: string) => {
    const vault = new TokenVaultRepository(db.database, new CredentialBox(new SecretBox(ring)));
    return Promise.all(ids.map(async (id) => (await vault.contextOf(id))?.credentials['token']));
  };
  const rotate = () => new RotateKeys(db.database, both).execute();

  it('makes everything readable without the old key, and does nothing the second time', async () => {
    expect(await rotate()).toEqual({ rotated: 3, already: 0, failed: 0 });
    expect(await tokensWith(NEW)).toEqual(ids.map((id) => `token-${id}`));
    expect(await rotate()).toEqual({ rotated: 0, already: 3, failed: 0 });
  });

  it('goes on where it was stopped', async () => {
    await write(ids[0]!, { token: `token-${ids[0]}` }, both);
    expect(await rotate()).toEqual({ rotated: 2, already: 1, failed: 0 });
  });

  it('leaves a pair alone that a worker renewed between its read and its write, and takes it in the next pass', async () => {
    const id = ids[0]!;
    const racing = new (class extends SecretBox {
      isRaced = false;
      override seal(plain: string, place: string) {
        if (!this.isRaced && place.includes(id)) {
          this.isRaced = true;
          raced = write(id, { token: 'renewed' });
        }
        return super.seal(plain, place);
      }
    })(`${NEW},${OLD}`);
    let raced: Promise<void> = Promise.resolve();
    const database = Object.create(db.database) as typeof db.database;
    database.affected = async (...parameters) => {
      await raced;
      return db.database.affected(...parameters);
    };
    expect(await new RotateKeys(database, racing).execute()).toEqual({ rotated: 3, already: 0, failed: 0 });
    expect((await tokensWith(NEW))[0]).toBe('renewed');
  });

  it('names what it cannot read, keeps it as it is and ends with a failure', async () => {
    await write(ids[1]!, { token: 'lost' }, new SecretBox(keyOf('k0')));
    const env = { ...process.env, DATABASE_URL: db.url, ENCRYPTION_KEYS: `${NEW},${OLD}` };
    const run = spawnSync(process.execPath, ['dist/infra/crypto/rotate-keys.cli.js', '--json'], {
      env,
      encoding: 'utf8',
    });
    expect(JSON.parse(run.stdout)).toEqual({ rotated: 2, already: 0, failed: 1 });
    expect(run.status).toBe(1);
    expect(run.stderr).toContain(ids[1]);
    expect(run.stderr).not.toContain('token-');
  });

  it('knows every sealed column of the schema', async () => {
    const columns = await db.database.rows<{ name: string }>(
      `select table_name || '.' || column_name as name from information_schema.columns
        where table_schema = 'public' and data_type = 'bytea' and column_name like '%\\_enc'`,
    );
    const known = SEALED_COLUMNS.map(({ table, column }) => `${table}.${column}`);
    expect(columns.map(({ name }) => name).filter((name) => !known.includes(name))).toEqual([]);
  });
});
