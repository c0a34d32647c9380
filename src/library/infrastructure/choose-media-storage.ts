import { join } from 'node:path';
import { ConfigError, type Env } from '../../infra/config/env.schema.js';
import type { MediaStorage } from '../domain/media-storage.port.js';
import { DiskMediaStorage } from './disk-media.storage.js';
import { S3MediaStorage } from './s3-media.storage.js';

/**
 * The storage that `MEDIA_STORAGE` names.
 * @throws ConfigError when S3 is chosen and no bucket named, or half a key given
 */
export const chooseMediaStorage = (env: Env): MediaStorage => {
  if (env.MEDIA_STORAGE === 'disk') return new DiskMediaStorage(join(env.DATA_DIR, 'media'));
  const { S3_BUCKET: bucket, S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey } = env;
  if (bucket === '') throw new ConfigError(['S3_BUCKET: MEDIA_STORAGE is s3, so name the bucket']);
  if ((accessKeyId === '') !== (secretAccessKey === ''))
    throw new ConfigError(['S3_SECRET_ACCESS_KEY: give it and S3_ACCESS_KEY_ID together, or neither']);
  return new S3MediaStorage({
    endpoint: env.S3_ENDPOINT,
    region: env.S3_REGION,
    bucket,
    credentials: accessKeyId === '' ? undefined : { accessKeyId, secretAccessKey },
    forcePathStyle: env.S3_FORCE_PATH_STYLE,
  });
};
