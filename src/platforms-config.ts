import type { Env } from './infra/config/env.schema.js';
import { scaledMs } from './kernel/durations.js';
import { type PlatformsConfig, UPLOAD_URL_LIFETIME_MS } from './platforms/index.js';

/** The platforms' slice of the environment. */
export const platformsConfigOf = (env: Env): PlatformsConfig => ({
  tiktok: {
    apiUrl: env.TIKTOK_API_URL,
    authorizeUrl: env.TIKTOK_AUTHORIZE_URL,
    clientKey: env.TIKTOK_CLIENT_KEY,
    clientSecret: env.TIKTOK_CLIENT_SECRET,
    source: env.TIKTOK_SOURCE,
    isAudited: env.TIKTOK_AUDITED,
    // The wait before absence is believed is an interval of reconciliation, so it is scaled with the others.
    uploadUrlLifetimeMs: scaledMs(UPLOAD_URL_LIFETIME_MS, env.TIME_SCALE),
  },
  reels: reelsConfigOf(env),
  shorts: {
    apiUrl: env.YOUTUBE_API_URL,
    uploadUrl: env.YOUTUBE_UPLOAD_URL,
    authorizeUrl: env.GOOGLE_AUTHORIZE_URL,
    tokenUrl: env.GOOGLE_TOKEN_URL,
    revokeUrl: env.GOOGLE_REVOKE_URL,
    clientId: env.GOOGLE_CLIENT_ID,
    clientSecret: env.GOOGLE_CLIENT_SECRET,
  },
  skylight: {
    serviceUrl: env.ATPROTO_SERVICE_URL,
    appViewUrl: env.ATPROTO_APPVIEW_URL,
    plcUrl: env.ATPROTO_PLC_URL,
    videoUrl: env.ATPROTO_VIDEO_URL,
    videoDid: env.ATPROTO_VIDEO_DID,
    upload: env.SKYLIGHT_UPLOAD,
    clientKey: env.ATPROTO_CLIENT_KEY,
    publicUrl: env.PUBLIC_URL ?? '',
  },
  discord: { apiUrl: env.DISCORD_API_URL },
  telegram: { apiUrl: env.TELEGRAM_API_URL },
});

const reelsConfigOf = (env: Env): PlatformsConfig['reels'] => ({
  graphUrl: env.INSTAGRAM_GRAPH_URL,
  ruploadUrl: env.INSTAGRAM_RUPLOAD_URL,
  version: env.META_VERSION,
  authorizeUrl: env.INSTAGRAM_AUTHORIZE_URL,
  tokenUrl: env.INSTAGRAM_TOKEN_URL,
  appId: env.INSTAGRAM_APP_ID,
  appSecret: env.INSTAGRAM_APP_SECRET,
  fbGraphUrl: env.FACEBOOK_GRAPH_URL,
  fbDialogUrl: env.FACEBOOK_DIALOG_URL,
  fbAppId: env.FACEBOOK_APP_ID,
  fbAppSecret: env.FACEBOOK_APP_SECRET,
  source: env.REELS_SOURCE,
});
