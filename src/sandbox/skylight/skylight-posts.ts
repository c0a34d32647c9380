import type { TruthPost } from '../truth/truth-feed.js';
import { markerIn } from '../truth/truth-feed.js';
import { drawLatenessMs, runProcessing } from '../world/processing.js';
import type { SandboxAccount } from '../world/sandbox-platform.js';
import type { World } from '../world/world.js';
import { sha256OfCid } from './cid-hash.js';
import type { PdsClient, PdsRecord } from './pds-client.js';

interface Note {
  readonly acceptedAt: string;
  liveAt: string | null;
}

interface VideoEmbed {
  readonly video?: { readonly size?: number; readonly ref?: { readonly $link?: string } };
}

const rkeyOf = (uri: string): string => uri.split('/').at(-1) ?? '';

/** What the proxy knows beyond the PDS: when a post was taken and whether it may be seen yet. */
export class SkylightPosts {
  readonly #notes = new Map<string, Note>();

  constructor(
    private readonly world: World,
    private readonly pds: PdsClient,
  ) {}

  /** The PDS has committed a new record; a `late` or `stuck` fault hides it from readers for a while. */
  accept(account: SandboxAccount, uri: string): void {
    const note: Note = { acceptedAt: this.world.clock.iso(), liveAt: null };
    this.#notes.set(uri, note);
    const post = { platform: 'skylight' as const, accountExternalId: account.externalId, handle: rkeyOf(uri) };
    this.world.truth.announce('accepted', post);
    const isStuck = this.world.faults.list().some(({ kind, platform }) => kind === 'stuck' && platform === 'skylight');
    const latenessMs = drawLatenessMs(this.world, account);
    const surface = (): void => {
      note.liveAt = this.world.clock.iso();
      this.world.truth.announce('live', post);
    };
    if (latenessMs > 0 || isStuck) runProcessing(this.world, account, latenessMs, surface);
    else surface();
  }

  isHidden(uri: string): boolean {
    return this.#notes.get(uri)?.liveAt === null;
  }

  liveAt(uri: string): string | null {
    return this.#notes.get(uri)?.liveAt ?? null;
  }

  async truth(accounts: readonly SandboxAccount[]): Promise<readonly TruthPost[]> {
    const all = await Promise.all(
      accounts.map(async (account) => (await this.pds.posts(account.externalId)).map((r) => this.show(account, r))),
    );
    return all.flat();
  }

  reset(): void {
    this.#notes.clear();
  }

  private show(account: SandboxAccount, { uri, value }: PdsRecord): TruthPost {
    const note = this.#notes.get(uri);
    const caption = typeof value['text'] === 'string' ? value['text'] : '';
    const written = String(value['createdAt']);
    const { video } = (value['embed'] ?? {}) as VideoEmbed;
    return {
      platform: 'skylight',
      accountExternalId: account.externalId,
      platformPostId: uri,
      handle: rkeyOf(uri),
      caption,
      ...markerIn([caption]),
      createdAt: note?.acceptedAt ?? written,
      liveAt: note ? note.liveAt : written,
      sha256: sha256OfCid(video?.ref?.$link ?? '') ?? '',
      bytes: video?.size ?? 0,
    };
  }
}
