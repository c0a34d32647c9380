import type { Call, Reply } from '../http/call.js';
import { jsonBody } from '../http/call.js';
import { ByteTally } from '../http/byte-tally.js';
import type { World } from '../world/world.js';
import type { TikTokEnvelope } from './tiktok-envelope.js';
import { type InitRequest, privacyLevels, readInit } from './tiktok-init.js';
import type { TikTokLimits } from './tiktok-limits.js';
import type { TikTokPublishing } from './tiktok-publishing.js';
import { TikTokPull } from './tiktok-pull.js';
import type { TikTokAccount, TikTokPublish, TikTokState } from './tiktok-state.js';

/** creator_info, init, status and cancel of direct posting. */
export class TikTokPosting {
  readonly #pull: TikTokPull;

  constructor(
    private readonly world: World,
    private readonly state: TikTokState,
    private readonly envelope: TikTokEnvelope,
    private readonly limits: TikTokLimits,
    private readonly publishing: TikTokPublishing,
  ) {
    this.#pull = new TikTokPull(world, state, publishing);
  }

  creatorInfo(account: TikTokAccount): Reply {
    const blocked = this.limits.overRate('creator_info', account) ?? this.limits.blocked(account, 200);
    if (blocked) return blocked;
    return this.envelope.ok(
      JSON.stringify({
        creator_avatar_url: 'https://p16.example/av.webp',
        creator_username: account.handle,
        creator_nickname: account.handle,
        privacy_level_options: privacyLevels(account.isPrivate),
        comment_disabled: account.disabled.comment,
        duet_disabled: account.disabled.duet,
        stitch_disabled: account.disabled.stitch,
        max_video_post_duration_sec: account.maxDurationSec,
      }),
    );
  }

  init(account: TikTokAccount, call: Call): Reply {
    const blocked = this.limits.overRate('init', account) ?? this.limits.blocked(account, 403);
    if (blocked) return blocked;
    const body = jsonBody(call);
    if (!body) return this.envelope.refuse(400, 'invalid_param', 'The body is not JSON.');
    const { isPrivate: isPrivateAccount, disabled } = account;
    const request = readInit(body, { isUnaudited: this.world.settings.tiktokUnaudited, isPrivateAccount, disabled });
    if ('code' in request) return this.envelope.refuse(request.status, request.code, request.message);
    const publish = this.begin(account, request);
    const { publishId: publish_id } = publish;
    if (request.videoUrl) {
      this.#pull.start(publish, request.videoUrl);
      return this.envelope.ok(JSON.stringify({ publish_id }));
    }
    const query = `upload_id=${publish.uploadId}&upload_token=${publish.uploadToken}`;
    return this.envelope.ok(JSON.stringify({ publish_id, upload_url: `${call.origin}/video/?${query}` }));
  }

  status(account: TikTokAccount, call: Call): Reply {
    const overRate = this.limits.overRate('status', account);
    if (overRate) return overRate;
    const publish = this.state.publishes.get(String(jsonBody(call)?.['publish_id']));
    if (!publish) return this.envelope.refuse(400, 'invalid_publish_id');
    if (publish.account !== account) {
      return this.envelope.refuse(400, 'token_not_authorized_for_specified_publish_id');
    }
    const reason = publish.failReason === undefined ? '' : `"fail_reason":${JSON.stringify(publish.failReason)},`;
    const ids = publish.publicId === undefined ? '' : String(publish.publicId);
    const progress = publish.request.videoUrl ? 'downloaded_bytes' : 'uploaded_bytes';
    return this.envelope.ok(
      `{"status":"${publish.status}",${reason}"publicaly_available_post_id":[${ids}],"${progress}":${publish.tally.bytes}}`,
    );
  }

  cancel(account: TikTokAccount, call: Call): Reply {
    const publish = this.state.publishes.get(String(jsonBody(call)?.['publish_id']));
    if (publish?.account !== account) return this.envelope.refuse(400, 'invalid_publish_id');
    if (publish.post) return this.envelope.refuse(400, 'publish_not_cancellable');
    this.publishing.fail(publish, 'publish_cancelled');
    this.state.uploads.delete(publish.uploadId);
    return this.envelope.ok('{}');
  }

  private begin(account: TikTokAccount, request: InitRequest): TikTokPublish {
    const kind = request.videoUrl ? 'url' : 'file';
    const publish: TikTokPublish = {
      request,
      account,
      publishId: `v_pub_${kind}~v2-1.${this.world.ids.number(7_460_000_000_000_000_000n)}`,
      uploadId: String(this.world.ids.number(9_000n)),
      uploadToken: this.world.ids.word(24),
      createdMs: this.world.clock.nowMs(),
      tally: new ByteTally(),
      status: request.videoUrl ? 'PROCESSING_DOWNLOAD' : 'PROCESSING_UPLOAD',
    };
    this.state.publishes.set(publish.publishId, publish);
    if (request.file) this.state.uploads.set(publish.uploadId, publish);
    return publish;
  }
}
