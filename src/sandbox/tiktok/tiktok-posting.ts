import type { Call, Reply } from '../http/call.js';
import { jsonBody } from '../http/call.js';
import { ByteTally } from '../http/byte-tally.js';
import type { World } from '../world/world.js';
import { RateWindow } from './rate-window.js';
import type { TikTokEnvelope } from './tiktok-envelope.js';
import type { InitRequest } from './tiktok-init.js';
import { PRIVACY_LEVELS, readInit } from './tiktok-init.js';
import type { TikTokAccount, TikTokPublish, TikTokState } from './tiktok-state.js';

/** Calls per minute and user token (`platforms.md` 1.9). */
const PER_MINUTE = { creator_info: 20, init: 6, status: 30 } as const;

/** creator_info, init, status and cancel of direct posting. */
export class TikTokPosting {
  readonly #rates = new RateWindow();

  constructor(
    private readonly world: World,
    private readonly state: TikTokState,
    private readonly envelope: TikTokEnvelope,
  ) {}

  /** The 429 when this call is over the account's limit. */
  overRate(step: keyof typeof PER_MINUTE, account: TikTokAccount): Reply | undefined {
    if (!this.world.settings.tiktokRateLimits) return undefined;
    const key = `${step}|${account.externalId}`;
    const isAdmitted = this.#rates.admit(key, PER_MINUTE[step], this.world.clock.nowMs());
    return isAdmitted
      ? undefined
      : this.envelope.refuse(429, 'rate_limit_exceeded', 'The API rate limit was exceeded.');
  }

  creatorInfo(account: TikTokAccount): Reply {
    return this.envelope.ok(
      JSON.stringify({
        creator_avatar_url: 'https://p16.example/av.webp',
        creator_username: account.handle,
        creator_nickname: account.handle,
        privacy_level_options: PRIVACY_LEVELS,
        comment_disabled: false,
        duet_disabled: false,
        stitch_disabled: false,
        max_video_post_duration_sec: account.maxDurationSec,
      }),
    );
  }

  init(account: TikTokAccount, call: Call): Reply {
    const body = jsonBody(call);
    if (!body) return this.envelope.refuse(400, 'invalid_param', 'The body is not JSON.');
    const request = readInit(body, this.world.settings.tiktokUnaudited);
    if ('code' in request) return this.envelope.refuse(request.status, request.code, request.message);
    const publish = this.begin(account, request);
    const query = `upload_id=${publish.uploadId}&upload_token=${publish.uploadToken}`;
    return this.envelope.ok(
      JSON.stringify({ publish_id: publish.publishId, upload_url: `${call.origin}/video/?${query}` }),
    );
  }

  status(account: TikTokAccount, call: Call): Reply {
    const publish = this.state.publishes.get(String(jsonBody(call)?.['publish_id']));
    if (!publish) return this.envelope.refuse(400, 'invalid_publish_id');
    if (publish.account !== account) {
      return this.envelope.refuse(400, 'token_not_authorized_for_specified_publish_id');
    }
    const reason = publish.failReason === undefined ? '' : `"fail_reason":${JSON.stringify(publish.failReason)},`;
    const ids = publish.publicId === undefined ? '' : String(publish.publicId);
    return this.envelope.ok(
      `{"status":"${publish.status}",${reason}"publicaly_available_post_id":[${ids}],"uploaded_bytes":${publish.tally.bytes}}`,
    );
  }

  cancel(account: TikTokAccount, call: Call): Reply {
    const publish = this.state.publishes.get(String(jsonBody(call)?.['publish_id']));
    if (publish?.account !== account) return this.envelope.refuse(400, 'invalid_publish_id');
    if (publish.post) return this.envelope.refuse(400, 'publish_not_cancellable');
    Object.assign(publish, { status: 'FAILED', failReason: 'publish_cancelled' });
    this.state.uploads.delete(publish.uploadId);
    return this.envelope.ok('{}');
  }

  reset(): void {
    this.#rates.reset();
  }

  private begin(account: TikTokAccount, request: InitRequest): TikTokPublish {
    const publish: TikTokPublish = {
      ...request,
      account,
      publishId: `v_pub_file~v2-1.${this.world.ids.number(7_460_000_000_000_000_000n)}`,
      uploadId: String(this.world.ids.number(9_000n)),
      uploadToken: this.world.ids.word(24),
      createdMs: this.world.clock.nowMs(),
      tally: new ByteTally(),
      status: 'PROCESSING_UPLOAD',
    };
    this.state.publishes.set(publish.publishId, publish);
    this.state.uploads.set(publish.uploadId, publish);
    return publish;
  }
}
