import { createHmac, timingSafeEqual } from 'node:crypto';
import type { MediaId, WorkspaceId } from '../../kernel/ids.js';

/** Path under the public address where hosted files are; platforms that verify a domain verify this prefix. */
export const HOSTED_PATH = 'hosted';

/** One file until one instant. */
export interface HostedFile {
  readonly workspaceId: WorkspaceId;
  readonly mediaId: MediaId;
  /** Unix time in whole seconds. */
  readonly expiresSeconds: number;
}

/** Endings that tell a server what it fetches before it does; the answer's own type is exact. */
const ENDINGS: Readonly<Record<string, string>> = {
  'video/mp4': 'mp4',
  'video/quicktime': 'mov',
  'video/webm': 'webm',
};

/**
 * Signed public addresses of stored videos, for platforms that fetch files instead of taking bytes (Instagram
 * `video_url`, TikTok `PULL_FROM_URL`). Plain ASCII, no query, no redirect; whoever holds one may read that one file
 * until it expires, and can make no other.
 */
export class HostedLinks {
  /**
   * @param key 32 bytes for this purpose alone (`SecretBox.derivedKey('hosted')`); the same in all processes
   * @param publicUrl where the outside reaches us; without it nothing is hosted
   */
  constructor(
    private readonly key: Buffer,
    private readonly publicUrl: string | undefined,
  ) {}

  /** Makes addresses that serve the file until an instant, rounded up to a second; undefined when nothing is hosted. */
  addressesOf(media: {
    readonly workspaceId: WorkspaceId;
    readonly id: MediaId;
    readonly mimeType: string;
  }): ((until: Date) => string) | undefined {
    const { publicUrl } = this;
    if (publicUrl === undefined) return undefined;
    const base = `${publicUrl.replace(/\/+$/, '')}/`;
    return (until) => {
      const expiresSeconds = Math.ceil(until.getTime() / 1000);
      const file: HostedFile = { workspaceId: media.workspaceId, mediaId: media.id, expiresSeconds };
      const name = `${this.sign(file).toString('base64url')}.${ENDINGS[media.mimeType] ?? 'mp4'}`;
      return new URL([HOSTED_PATH, file.workspaceId, file.mediaId, expiresSeconds, name].join('/'), base).href;
    };
  }

  /**
   * What an address is worth that came back.
   * @param name its last part, signature and ending
   */
  judge(file: HostedFile, name: string, now: Date): 'valid' | 'forged' | 'expired' {
    const given = Buffer.from(name.replace(/\.\w+$/, ''), 'base64url');
    const expected = this.sign(file);
    const isOurs = given.length === expected.length && timingSafeEqual(given, expected);
    if (!isOurs) return 'forged';
    return file.expiresSeconds * 1000 > now.getTime() ? 'valid' : 'expired';
  }

  private sign({ workspaceId, mediaId, expiresSeconds }: HostedFile): Buffer {
    return createHmac('sha256', this.key).update(`${workspaceId}/${mediaId}/${expiresSeconds}`).digest();
  }
}
