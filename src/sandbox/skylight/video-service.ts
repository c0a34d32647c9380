import type { Call, Reply } from '../http/call.js';
import { bearer, header, json, readBody } from '../http/call.js';
import type { PlatformService, Route } from '../http/service.js';
import type { AccountSpec, CreatedAccount, SandboxAccount } from '../world/sandbox-platform.js';
import type { World } from '../world/world.js';
import type { DidDocuments } from './did-documents.js';
import type { SkylightAccounts } from './skylight-accounts.js';
import { skylightDialect, xrpcError } from './skylight-errors.js';
import { claimsIn, tokenFault } from './service-token.js';
import { VideoJobs } from './video-jobs.js';

/** The DID this service answers to, as the live one's. */
const VIDEO_DID = 'did:web:video.bsky.app';
/** The DID of the sandbox's PDS. */
const PDS_DID = 'did:web:localhost';
const UPLOAD_BLOB = 'com.atproto.repo.uploadBlob';
const GET_LIMITS = 'app.bsky.video.getUploadLimits';

export const VIDEO_STEPS = ['video-limits', 'video-upload', 'video-job'] as const;

interface Parts {
  readonly world: World;
  readonly accounts: SkylightAccounts;
  readonly documents: DidDocuments;
  /** The real PDS, past the fault proxy: the service's own calls are not the client's. */
  readonly pdsUrl: string;
}

/** Bluesky's video service (`platforms.md` 4.5, way 2): believes nobody's token unproved and writes to the PDS with it. */
export class VideoService implements PlatformService {
  readonly platform = 'skylight' as const;
  readonly steps = VIDEO_STEPS;
  readonly dialect = skylightDialect;
  readonly #jobs: VideoJobs;

  constructor(private readonly parts: Parts) {
    this.#jobs = new VideoJobs(parts.world);
  }

  readonly routes: readonly Route[] = [
    {
      method: 'GET',
      path: /^\/xrpc\/app\.bsky\.video\.getUploadLimits$/,
      step: 'video-limits',
      handle: (call) => this.limits(call),
    },
    {
      method: 'POST',
      path: /^\/xrpc\/app\.bsky\.video\.uploadVideo$/,
      step: 'video-upload',
      streams: true,
      handle: (call) => this.upload(call),
    },
    {
      method: 'GET',
      path: /^\/xrpc\/app\.bsky\.video\.getJobStatus$/,
      step: 'video-job',
      handle: (call) => this.status(call),
    },
  ];

  identify(call: Call): SandboxAccount | undefined {
    const job = this.#jobs.find(call.url.searchParams.get('jobId') ?? '');
    const did = claimsIn(bearer(call) ?? '').iss ?? call.url.searchParams.get('did') ?? job?.did;
    return this.parts.accounts.list().find(({ externalId }) => externalId === did);
  }

  expireTokens(account: SandboxAccount): void {
    this.parts.accounts.expire(account);
  }

  createAccount(spec: AccountSpec): Promise<CreatedAccount> {
    return this.parts.accounts.create(spec);
  }

  reset(): void {
    this.#jobs.reset();
  }

  private async limits(call: Call): Promise<Reply> {
    const token = bearer(call) ?? '';
    const fault = await tokenFault(token, { aud: VIDEO_DID, lxm: GET_LIMITS }, this.parts.documents);
    if (fault !== undefined) return xrpcError(401, fault, 'The service token is not accepted');
    const { videos, bytes } = this.#jobs.left(claimsIn(token).iss ?? '');
    const canUpload = videos > 0 && bytes > 0;
    const refusal = canUpload ? {} : { message: 'User has exceeded their daily upload limit' };
    return json(200, { canUpload, remainingDailyVideos: videos, remainingDailyBytes: bytes, ...refusal });
  }

  private async upload(call: Call): Promise<Reply> {
    const did = call.url.searchParams.get('did') ?? '';
    const token = bearer(call) ?? '';
    const fault = await tokenFault(token, { aud: PDS_DID, lxm: UPLOAD_BLOB, did }, this.parts.documents);
    if (fault !== undefined) return xrpcError(401, fault, 'The service token is not accepted');
    const account = this.identify(call);
    const length = Number(header(call, 'content-length'));
    if (!account) return xrpcError(400, 'InvalidRequest', 'did is not known');
    if (!call.url.searchParams.get('name')?.endsWith('.mp4'))
      return xrpcError(400, 'InvalidRequest', 'name is missing');
    if (!(length > 0)) return xrpcError(400, 'InvalidRequest', 'Content-Length is required');
    if (header(call, 'content-type') !== 'video/mp4') return xrpcError(400, 'InvalidRequest', 'Only video/mp4');
    const { skylightVideoMaxBytes, skylightVideoNested } = this.parts.world.settings;
    if (length > skylightVideoMaxBytes) return xrpcError(413, 'PayloadTooLarge', 'The video is too large');
    const bytes = await readBody(call.request, length);
    const known = this.#jobs.known(did, bytes);
    if (known) return json(409, { ...known, error: 'already_exists', message: 'Video already processed' });
    const left = this.#jobs.left(did);
    if (left.videos === 0 || left.bytes < bytes.length)
      return xrpcError(400, 'upload_limit_exceeded', 'User has exceeded their daily upload limit');
    const job = this.#jobs.start({ account, bytes, deliver: (video) => this.deliver(video, token) });
    return json(200, skylightVideoNested ? { jobStatus: job } : job);
  }

  private status(call: Call): Reply {
    const job = this.#jobs.find(call.url.searchParams.get('jobId') ?? '');
    return job ? json(200, { jobStatus: job }) : xrpcError(400, 'InvalidRequest', 'No such job');
  }

  /** The same call as the live service makes, with the account's own service token. */
  private async deliver(video: Buffer, token: string): Promise<unknown> {
    const response = await fetch(`${this.parts.pdsUrl}/xrpc/${UPLOAD_BLOB}`, {
      method: 'POST',
      headers: { 'content-type': 'video/mp4', authorization: `Bearer ${token}` },
      body: new Uint8Array(video),
    });
    if (!response.ok) throw new Error(`uploadBlob: ${response.status} ${await response.text()}`);
    return ((await response.json()) as { blob: unknown }).blob;
  }
}
