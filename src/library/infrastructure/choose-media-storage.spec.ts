import { describe, expect, it } from '@jest/globals';
import { parseEnv } from '../../infra/config/env.schema.js';
import { chooseMediaStorage } from './choose-media-storage.js';
import { DiskMediaStorage } from './disk-media.storage.js';
import { S3MediaStorage } from './s3-media.storage.js';

const choose = (env: Record<string, string>) => chooseMediaStorage(parseEnv(env));

describe('chooseMediaStorage', () => {
  it('takes the disk unless told otherwise', async () => {
    expect(await choose({})).toBeInstanceOf(DiskMediaStorage);
  });

  it('takes a bucket, with a key of its own or the machine’s', async () => {
    const bucket = { MEDIA_STORAGE: 's3', S3_BUCKET: 'videos' };
    expect(await choose(bucket)).toBeInstanceOf(S3MediaStorage);
    expect(await choose({ ...bucket, S3_ACCESS_KEY_ID: 'a', S3_SECRET_ACCESS_KEY: 'b' })).toBeInstanceOf(
      S3MediaStorage,
    );
  });

  it.each([
    ['S3_BUCKET', { MEDIA_STORAGE: 's3' }],
    ['S3_SECRET_ACCESS_KEY', { MEDIA_STORAGE: 's3', S3_BUCKET: 'videos', S3_ACCESS_KEY_ID: 'a' }],
  ])('names %s when it is missing', async (name, env) => {
    await expect(choose(env)).rejects.toThrow(name);
  });
});
