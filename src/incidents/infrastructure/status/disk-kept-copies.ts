import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import { STATUS_SLUG_PATTERN } from '../../../workspaces/domain/workspace.js';
import { KeptCopies } from '../../domain/status/status.ports.js';
import type { StatusSnapshot } from '../../domain/status/status-snapshot.js';

/** Raised when the snapshot changes its shape: copies of another shape are as good as missing. */
const SHAPE = 1;

/** `DATA_DIR/status/<slug>.json`, replaced as a whole. A disk that fails costs the copy, never the page. */
export class DiskKeptCopies extends KeptCopies {
  private readonly logger = new Logger('StatusPages');

  constructor(private readonly folder: string) {
    super();
  }

  async load(slug: string): Promise<StatusSnapshot | undefined> {
    const text = await readFile(this.pathOf(slug), 'utf8').catch(() => undefined);
    const snapshot = text === undefined ? undefined : snapshotIn(text);
    return snapshot?.slug === slug ? snapshot : undefined;
  }

  async save(snapshot: StatusSnapshot): Promise<void> {
    const path = this.pathOf(snapshot.slug);
    const draft = `${path}.${process.pid}`;
    try {
      await mkdir(this.folder, { recursive: true });
      await writeFile(draft, `${JSON.stringify({ shape: SHAPE, snapshot })}\n`);
      await rename(draft, path);
    } catch (error) {
      this.logger.warn({ err: error }, 'A copy of a status page could not be kept on disk');
    }
  }

  async drop(slug: string): Promise<void> {
    await rm(this.pathOf(slug), { force: true }).catch(() => undefined);
  }

  private pathOf(slug: string): string {
    if (!STATUS_SLUG_PATTERN.test(slug)) throw new Error('No name of a page can be a path.');
    return join(this.folder, `${slug}.json`);
  }
}

const snapshotIn = (text: string): StatusSnapshot | undefined => {
  try {
    const { shape, snapshot } = JSON.parse(text) as { shape?: unknown; snapshot?: StatusSnapshot };
    return shape === SHAPE ? snapshot : undefined;
  } catch {
    return undefined;
  }
};
