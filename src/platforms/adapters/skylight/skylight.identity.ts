import type { Rejected, Unavailable } from '../../domain/publish-outcome.js';
import { readJson } from '../../infrastructure/json-body.js';
import type { PlatformAnswer } from '../../infrastructure/platform-http.js';
import { didDocument, type DidDocument, resolvedHandle } from './skylight.answers.js';
import { type SkylightClient, xrpcUrl } from './skylight.client.js';
import type { SkylightConfig } from './skylight.config.js';
import { addressRefused, ownerMust, unreadable } from './skylight.outcomes.js';

/** Where an identity lives. */
export interface Identity {
  readonly kind: 'found';
  readonly did: string;
  /** As its own document states it; the DID where it states none. */
  readonly handle: string;
  /** Address of its PDS. */
  readonly pds: string;
}

/** atproto.com/specs/handle, read Nov 2026. */
const HANDLE = /^([a-z\d]([a-z\d-]{0,61}[a-z\d])?\.)+[a-z]([a-z\d-]{0,61}[a-z\d])?$/;
/** atproto.com/specs/did: the two methods the protocol allows; `did:web` without a path. */
const DID = /^did:(plc:[a-z2-7]{24}|web:[a-z\d.-]+(%3A\d+)?)$/;

/** A handle as people write it. */
export const plainHandle = (text: string): string => text.trim().replace(/^@/, '').toLowerCase();

/** From a name to its DID, its document, and the PDS it lives on. */
export class SkylightIdentities {
  constructor(
    private readonly config: SkylightConfig,
    private readonly client: SkylightClient,
  ) {}

  /** @param identifier a handle or a DID */
  async resolve(identifier: string, signal: AbortSignal): Promise<Identity | Rejected | Unavailable> {
    if (identifier.startsWith('did:')) return this.describe(identifier, signal);
    const handle = plainHandle(identifier);
    if (!HANDLE.test(handle))
      return ownerMust('InvalidHandle', 'This is no handle. Give one such as name.bsky.social.');
    const did = await this.didOf(handle, signal);
    if (typeof did !== 'string') return did;
    const found = await this.describe(did, signal);
    // The document must claim the handle too: else anybody could point a name at somebody else.
    return found.kind === 'found' && found.handle !== handle
      ? ownerMust('InvalidHandle', `${handle} is not the handle of the account it points to. Use the DID instead.`)
      : found;
  }

  /** The identity behind a DID, by its own document. */
  async describe(did: string, signal: AbortSignal): Promise<Identity | Rejected | Unavailable> {
    if (!DID.test(did)) return ownerMust('InvalidDid', 'This is no DID of AT Protocol (did:plc or did:web).');
    const answer = await this.client.send({ method: 'GET', url: this.documentUrl(did), signal });
    if (isAbsent(answer)) return ownerMust('DidNotFound', `No identity ${did} exists. Check the handle or DID.`);
    const document = answer.kind === 'response' && answer.status === 200 && readJson(answer.text, didDocument);
    if (!document || document.id !== did) return addressRefused(answer) ?? unreadable(answer, 'DID document');
    const pds = pdsIn(document);
    return pds === undefined
      ? ownerMust('NoPds', `${did} names no server that holds its posts.`)
      : { kind: 'found', did, handle: handleIn(document) ?? did, pds };
  }

  /** By the configured service, else by the name's own web server. */
  private async didOf(handle: string, signal: AbortSignal): Promise<string | Rejected | Unavailable> {
    const url = xrpcUrl(this.config.serviceUrl, 'com.atproto.identity.resolveHandle', { handle });
    const answer = await this.client.send({ method: 'GET', url, signal });
    const did = answer.kind === 'response' ? readJson(answer.text, resolvedHandle)?.did : undefined;
    if (did !== undefined) return did;
    const own = await this.client.send({ method: 'GET', url: `https://${handle}/.well-known/atproto-did`, signal });
    const written = own.kind === 'response' && own.status === 200 ? own.text.trim() : '';
    if (DID.test(written)) return written;
    // Only the service's plain "no" is a no.
    return answer.kind === 'response' && answer.status === 400
      ? ownerMust('HandleNotFound', `No account is called ${handle}. Check the handle.`)
      : unreadable(answer, 'handle');
  }

  private documentUrl(did: string): string {
    if (did.startsWith('did:plc:')) return new URL(`/${did}`, this.config.plcUrl).href;
    const host = decodeURIComponent(did.slice('did:web:'.length));
    return `${host.startsWith('localhost:') ? 'http' : 'https'}://${host}/.well-known/did.json`;
  }
}

const isAbsent = (answer: PlatformAnswer): boolean =>
  answer.kind === 'response' && (answer.status === 404 || answer.status === 410);

const pdsIn = ({ service }: DidDocument): string | undefined => {
  const endpoint = service?.find(({ id }) => id.endsWith('#atproto_pds'))?.serviceEndpoint;
  const isWeb = typeof endpoint === 'string' && /^https?:/i.test(endpoint) && URL.canParse(endpoint);
  return isWeb ? new URL(endpoint).origin : undefined;
};

const handleIn = ({ alsoKnownAs }: DidDocument): string | undefined =>
  alsoKnownAs
    ?.find((name) => name.startsWith('at://'))
    ?.slice('at://'.length)
    .toLowerCase();
