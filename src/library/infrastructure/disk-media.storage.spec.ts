import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '../../kernel/ids.js';
import { DiskMediaStorage } from './disk-media.storage.js';

describe('videos on disk', () => {
  const workspaceId = newId();
  let root: string;

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'perennial-media-'));
  });
  afterEach(() => rm(root, { recursive: true }));

  it('leaves no file of a source that breaks before its first byte', async () => {
    const storage = new DiskMediaStorage(root);
    const stageBroken = async () => {
      const source = new Readable({
        read() {
          this.destroy(new Error('hung up'));
        },
      });
      const staged = storage.stage({ workspaceId, source, maxBytes: 10 });
      await expect(staged).rejects.toThrow();
    };
    await Promise.all(Array.from({ length: 50 }, stageBroken));
    expect(await readdir(join(root, workspaceId))).toEqual([]);
  });
});
