// Compresses the built dashboard once, so that no request has to.
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const FOLDER = fileURLToPath(new URL('../dist/web/', import.meta.url));
const WORTH_IT = /\.(?:js|css|html|svg|json)$/;
const SMALL_BYTES = 1_000;

for (const name of await readdir(FOLDER, { recursive: true })) {
  const path = join(FOLDER, name);
  if (!WORTH_IT.test(name) || (await stat(path)).size < SMALL_BYTES) continue;
  const bytes = await readFile(path);
  await writeFile(`${path}.gz`, gzipSync(bytes, { level: 9 }));
  await writeFile(`${path}.br`, brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }));
}
