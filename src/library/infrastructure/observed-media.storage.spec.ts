import { Readable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { ProviderObservations } from '../../infra/providers/provider-observations.js';
import { DomainError } from '../../kernel/domain-error.js';
import type { MediaStorage } from '../domain/media-storage.port.js';
import { ObservedMediaStorage, storageFaultOf } from './observed-media.storage.js';

const failing = (error: Error) => ({ discard: () => Promise.reject(error) }) as unknown as MediaStorage;

describe('a storage that tells how it does', () => {
  it('counts what went well and what it did wrong, and hides neither', async () => {
    const observations = new ProviderObservations();
    const full = Object.assign(new Error('full'), { code: 'ENOSPC' });
    await expect(new ObservedMediaStorage(failing(full), 'disk', observations).discard('x')).rejects.toBe(full);
    const well = { discard: async () => undefined } as unknown as MediaStorage;
    await new ObservedMediaStorage(well, 'disk', observations).discard('x');
    expect(observations.take()).toEqual([{ provider: 'storage', name: 'disk', good: 1, bad: 1, detail: 'ENOSPC' }]);
  });

  it('counts a read when it ends, and an error of the stream stays the reader’s', async () => {
    const observations = new ProviderObservations();
    const broken = Object.assign(new Error('io'), { code: 'EIO' });
    const streams = [
      Readable.from(['a']),
      new Readable({
        read() {
          this.destroy(broken);
        },
      }),
    ];
    const storage = { open: () => streams.shift() } as unknown as MediaStorage;
    const observed = new ObservedMediaStorage(storage, 'disk', observations);
    await observed.open('x').toArray();
    await expect(observed.open('x').toArray()).rejects.toBe(broken);
    expect(observations.take()).toMatchObject([{ good: 1, bad: 1 }]);
  });

  it.each([
    ['a missing file', { code: 'ENOENT' }],
    ['an upload that broke off', { code: 'ECONNRESET' }],
    ['a refusal of ours', new DomainError('too_large', 'media.too_large', 'Too large.')],
    ['an object that is not there', { $metadata: { httpStatusCode: 404 } }],
  ])('does not blame the storage for %s', (_, error) => {
    expect(storageFaultOf(error)).toBeUndefined();
  });

  it.each([
    ['a server in trouble', { $metadata: { httpStatusCode: 503 } }, 'It answered 503.'],
    ['a key it refuses', { $metadata: { httpStatusCode: 403 } }, 'It answered 403.'],
    ['a server that is not there', { code: 'ECONNREFUSED' }, 'ECONNREFUSED'],
  ])('blames it for %s', (_, error, fault) => {
    expect(storageFaultOf(error)).toBe(fault);
  });
});
