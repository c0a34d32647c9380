import { describe, expect, it } from '@jest/globals';
import type { PlatformContext } from '../../domain/platform.port.js';
import { SKYLIGHT_DEFAULTS } from './skylight.config.js';
import { type PrepareParts, SkylightPreparation } from './skylight.prepare.js';
import type { UploadRefusal } from './skylight.video.js';

const ctx: PlatformContext = {
  accountId: 'a',
  externalId: 'did:plc:ewvi7nxzyoun6zhxrhs64oiz',
  credentials: {},
  signal: new AbortController().signal,
};

/** @param refusal what the video service says about one more upload */
const preparing = (refusal: UploadRefusal | undefined, upload: 'video' | 'blob' = 'video') => {
  const asked: string[] = [];
  const refusedToday = ({ accountId }: PlatformContext) => {
    asked.push(accountId);
    return Promise.resolve(refusal);
  };
  const parts = {
    config: { ...SKYLIGHT_DEFAULTS, upload },
    video: { refusedToday },
    clock: { now: () => new Date('2026-01-26T12:00:00Z') },
  };
  return { preparation: new SkylightPreparation(parts as unknown as PrepareParts), asked };
};

describe('a look at how uploading begins', () => {
  it('is good when there is room, and when the refusal is about the account', async () => {
    expect(await preparing(undefined).preparation.probe(ctx)).toEqual({ kind: 'good', latencyMs: 0 });
    const unconfirmed: UploadRefusal = { kind: 'unauthorised', reconnect: true };
    expect(await preparing(unconfirmed).preparation.probe(ctx)).toMatchObject({ kind: 'good' });
  });

  it('is bad when the service does not answer, and says how', async () => {
    const silent: UploadRefusal = { kind: 'unavailable', httpStatus: 502, detail: 'UpstreamFailure' };
    expect(await preparing(silent).preparation.probe(ctx)).toEqual({
      kind: 'bad',
      latencyMs: 0,
      httpStatus: 502,
      detail: 'UpstreamFailure',
    });
  });

  it('is left out without an account, and where videos go to the PDS as they are', async () => {
    const { preparation, asked } = preparing(undefined, 'blob');
    expect(await preparation.probe(ctx)).toEqual({ kind: 'skipped' });
    expect(await preparing(undefined).preparation.probe(undefined)).toEqual({ kind: 'skipped' });
    expect(asked).toEqual([]);
  });
});
