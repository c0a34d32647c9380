import { join } from 'node:path';
import { ConfigError, type Env } from '../../infra/config/env.schema.js';
import type { MediaStorage } from '../domain/media-storage.port.js';
import { DiskMediaStorage } from './disk-media.storage.js';

/**
 * The storage that `MEDIA_STORAGE` names. The S3 client is loaded only when it is chosen: it costs 33 MB.
 * @throws ConfigError when S3 is chosen and no bucket named, or half a key given
 */
export const chooseMediaStorage = async (env: Env): Promise<MediaStorage> => {
  if (env.MEDIA_STORAGE === 'disk') return new DiskMediaStorage(join(env.DATA_DIR, 'media'));
  const { S3_BUCKET: bucket, S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey } = env;
  if (bucket === '') throw new ConfigError(['S3_BUCKET: MEDIA_STORAGE is s3, so name the bucket']);
  if ((accessKeyId === '') !== (secretAccessKey === ''))
    throw new ConfigError(['S3_SECRET_ACCESS_KEY: give it and S3_ACCESS_KEY_ID together, or neither']);
  const { S3MediaStorage } = await import('./s3-media.storage.js');
  return new S3MediaStorage({
    endpoint: env.S3_ENDPOINT,
    region: env.S3_REGION,
    bucket,
    credentials: accessKeyId === '' ? undefined : { accessKeyId, secretAccessKey },
    forcePathStyle: env.S3_FORCE_PATH_STYLE,
  });
};
