import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The configured key ring, or one generated once into `dataDir/secret.key` (readable by its owner alone). */
export const loadKeyRing = async (configured: string | undefined, dataDir: string): Promise<string> => {
  if (configured) return configured;
  const file = join(dataDir, 'secret.key');
  const existing = await readFile(file, 'utf8').catch(() => undefined);
  if (existing) return existing.trim();
  const ring = `k1:${randomBytes(32).toString('base64')}`;
  await mkdir(dataDir, { recursive: true });
  // `wx`: of two processes that start together one wins, and the other reads its key.
  await writeFile(file, `${ring}\n`, { mode: 0o600, flag: 'wx' }).catch(() => undefined);
  return (await readFile(file, 'utf8')).trim();
};
