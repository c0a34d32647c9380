import type { Env } from './infra/config/env.schema.js';
import type { PlatformsConfig } from './platforms/index.js';

/** The platforms' slice of the environment. */
export const platformsConfigOf = (env: Env): PlatformsConfig => ({
  tiktok: { apiUrl: env.TIKTOK_API_URL, clientKey: env.TIKTOK_CLIENT_KEY, clientSecret: env.TIKTOK_CLIENT_SECRET },
  reels: {
    graphUrl: env.INSTAGRAM_GRAPH_URL,
    ruploadUrl: env.INSTAGRAM_RUPLOAD_URL,
    version: env.META_VERSION,
    appId: env.INSTAGRAM_APP_ID,
    appSecret: env.INSTAGRAM_APP_SECRET,
  },
  shorts: {
    apiUrl: env.YOUTUBE_API_URL,
    uploadUrl: env.YOUTUBE_UPLOAD_URL,
    tokenUrl: env.GOOGLE_TOKEN_URL,
    clientId: env.GOOGLE_CLIENT_ID,
    clientSecret: env.GOOGLE_CLIENT_SECRET,
  },
  skylight: { serviceUrl: env.ATPROTO_SERVICE_URL, appViewUrl: env.ATPROTO_APPVIEW_URL },
});
