// Seals every secret anew under the first key of ENCRYPTION_KEYS: node dist/infra/crypto/rotate-keys.cli.js [--json]
import { loadEnv } from '../config/env.schema.js';
import { Database } from '../database/database.js';
import { withDataSource } from '../database/with-data-source.js';
import { loadKeyRing } from './key-ring.js';
import { RotateKeys, type RotationBatch } from './rotate-keys.js';
import { SecretBox } from './secret-box.js';

const report = ({ column, rotated, unreadable }: RotationBatch): void => {
  const faults = unreadable.length === 0 ? '' : `; cannot be read: ${unreadable.join(' ')}`;
  process.stderr.write(`${column}: ${rotated} sealed anew${faults}\n`);
};

const main = async (isJson: boolean): Promise<void> => {
  const env = loadEnv();
  const box = new SecretBox(await loadKeyRing(env.ENCRYPTION_KEYS, env.DATA_DIR));
  const counts = await withDataSource(env, (source) => new RotateKeys(new Database(source), box, report).execute());
  const { rotated, already, failed } = counts;
  const sentence = `${rotated} secrets sealed anew, ${already} had the first key already, ${failed} cannot be read.`;
  process.stdout.write(`${isJson ? JSON.stringify(counts) : sentence}\n`);
  if (failed === 0) return;
  process.stderr.write('Add the keys they were sealed with back to ENCRYPTION_KEYS and run this again.\n');
  process.exitCode = 1;
};

main(process.argv.includes('--json')).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
