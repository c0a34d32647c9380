import { createReadStream, type Dirent } from 'node:fs';
import { mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { newId, type WorkspaceId } from '../../kernel/ids.js';
import { MediaStorage, type StagedFile } from '../domain/media-storage.port.js';
import { Measure } from './measure.js';

const SWEEP_GROUP = 500;

/** Videos as files `<root>/<workspace>/<id>`. */
export class DiskMediaStorage extends MediaStorage {
  readonly distance = 'near';

  constructor(private readonly root: string) {
    super();
  }

  async stage(upload: { workspaceId: WorkspaceId; source: Readable; maxBytes: number }): Promise<StagedFile> {
    const id = newId();
    const storageKey = `${upload.workspaceId}/${id}`;
    const measured = new Measure(upload.maxBytes);
    await mkdir(join(this.root, upload.workspaceId), { recursive: true });
    try {
      // Opened before the stream begins: a source that breaks at once must not have its file created after the discard.
      const file = await open(this.pathOf(storageKey), 'wx', 0o600);
      // flush: a media row must not outlive its bytes when the machine loses power.
      await pipeline(upload.source, (chunks) => measured.through(chunks), file.createWriteStream({ flush: true }));
    } catch (error) {
      await this.discard(storageKey);
      throw error;
    }
    return { id, storageKey, ...measured.result() };
  }

  open(storageKey: string, start?: number, end?: number): Readable {
    return createReadStream(this.pathOf(storageKey), {
      ...(start === undefined ? {} : { start }),
      ...(end === undefined ? {} : { end }),
    });
  }

  async discard(storageKey: string): Promise<void> {
    await rm(this.pathOf(storageKey), { force: true });
  }

  async *writtenBefore(instant: Date): AsyncIterable<readonly string[]> {
    let group: string[] = [];
    for (const folder of await entriesOf(this.root)) {
      if (!folder.isDirectory()) continue;
      for (const file of await entriesOf(join(this.root, folder.name))) {
        const storageKey = `${folder.name}/${file.name}`;
        if (file.isFile() && (await this.isOlder(storageKey, instant))) group.push(storageKey);
        if (group.length < SWEEP_GROUP) continue;
        yield group;
        group = [];
      }
    }
    if (group.length > 0) yield group;
  }

  private async isOlder(storageKey: string, instant: Date): Promise<boolean> {
    const found = await stat(this.pathOf(storageKey)).catch(ignoreMissing);
    return found !== undefined && found.mtime < instant;
  }

  private pathOf(storageKey: string): string {
    return join(this.root, storageKey);
  }
}

const ignoreMissing = (error: unknown): undefined => {
  if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  return undefined;
};

const entriesOf = async (folder: string): Promise<Dirent[]> =>
  (await readdir(folder, { withFileTypes: true }).catch(ignoreMissing)) ?? [];
