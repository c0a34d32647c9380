import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EpochFile } from '../../domain/reconcile/epoch.port.js';
import type { EpochMark } from '../../domain/reconcile/epoch.policy.js';

const NAME = 'instance.epoch';

/** `DATA_DIR/instance.epoch`, one line of JSON; replaced as a whole, so that a crash leaves the old one or the new one. */
export class DiskEpochFile extends EpochFile {
  constructor(private readonly folder: string) {
    super();
  }

  async read(): Promise<EpochMark | undefined> {
    const text = await readFile(join(this.folder, NAME), 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    });
    return text === undefined ? undefined : markIn(text);
  }

  async write({ epoch, beat }: EpochMark): Promise<void> {
    await mkdir(this.folder, { recursive: true });
    const draft = join(this.folder, `${NAME}.${process.pid}`);
    await writeFile(draft, `${JSON.stringify({ epoch, beat })}\n`);
    await rename(draft, join(this.folder, NAME));
  }
}

/** What cannot be read is as good as missing. */
const markIn = (text: string): EpochMark | undefined => {
  try {
    const { epoch, beat } = JSON.parse(text) as Partial<EpochMark>;
    return typeof epoch === 'string' && typeof beat === 'number' ? { epoch, beat } : undefined;
  } catch {
    return undefined;
  }
};
