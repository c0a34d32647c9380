import type { SandboxUrls } from './start-sandbox.js';
import { SANDBOX_TWILIO } from './twilio/twilio-state.js';

/** Client id and secret of every app the sandbox knows. */
const CLIENT_ID = 'sandbox-client';
const CLIENT_SECRET = 'sandbox-secret';

/** The environment that points the app at a running sandbox; a server that does not run sets nothing. */
export const sandboxEnv = (urls: SandboxUrls): Readonly<Record<string, string>> => ({
  ...tiktokEnv(urls),
  ...metaEnv(urls),
  ...googleEnv(urls),
  ...skylightEnv(urls),
  ...(urls.discord ? { DISCORD_API_URL: urls.discord } : {}),
  ...(urls.telegram ? { TELEGRAM_API_URL: urls.telegram } : {}),
  ...(urls.twilio
    ? {
        TWILIO_API_URL: urls.twilio,
        TWILIO_ACCOUNT_SID: SANDBOX_TWILIO.accountSid,
        TWILIO_AUTH_TOKEN: SANDBOX_TWILIO.authToken,
      }
    : {}),
  ...(urls.feeds
    ? {
        FEEDS_ORIGIN: urls.feeds,
        JETSTREAM_URL: `${urls.feeds.replace(/^http/, 'ws')}/jetstream2.us-east.bsky.network/subscribe`,
      }
    : {}),
  SMTP_URL: urls.smtp,
  // Upload URLs, the PDS and webhooks of the sandbox are on loopback, which user-given addresses may not be.
  FETCH_ALLOW: '127.0.0.1/32,localhost',
});

/** The same as shell lines. */
export const exportLines = (env: Readonly<Record<string, string>>): readonly string[] =>
  Object.entries(env).map(([name, value]) => `export ${name}='${value}'`);

const tiktokEnv = ({ tiktok }: SandboxUrls) => ({
  TIKTOK_API_URL: tiktok,
  TIKTOK_AUTHORIZE_URL: `${tiktok}/v2/auth/authorize/`,
  TIKTOK_CLIENT_KEY: CLIENT_ID,
  TIKTOK_CLIENT_SECRET: CLIENT_SECRET,
});

const metaEnv = ({ instagram, facebook }: SandboxUrls) => ({
  INSTAGRAM_GRAPH_URL: instagram,
  INSTAGRAM_RUPLOAD_URL: instagram,
  INSTAGRAM_AUTHORIZE_URL: `${instagram}/oauth/authorize`,
  INSTAGRAM_TOKEN_URL: `${instagram}/oauth/access_token`,
  INSTAGRAM_APP_ID: CLIENT_ID,
  INSTAGRAM_APP_SECRET: CLIENT_SECRET,
  ...(facebook
    ? {
        FACEBOOK_GRAPH_URL: facebook,
        FACEBOOK_DIALOG_URL: `${facebook}/{version}/dialog/oauth`,
        FACEBOOK_APP_ID: CLIENT_ID,
        FACEBOOK_APP_SECRET: CLIENT_SECRET,
      }
    : {}),
});

const googleEnv = ({ youtube }: SandboxUrls) => ({
  YOUTUBE_API_URL: `${youtube}/youtube/v3`,
  YOUTUBE_UPLOAD_URL: `${youtube}/upload/youtube/v3`,
  GOOGLE_AUTHORIZE_URL: `${youtube}/o/oauth2/v2/auth`,
  GOOGLE_TOKEN_URL: `${youtube}/token`,
  GOOGLE_REVOKE_URL: `${youtube}/revoke`,
  GOOGLE_CLIENT_ID: CLIENT_ID,
  GOOGLE_CLIENT_SECRET: CLIENT_SECRET,
});

const skylightEnv = ({ skylight, plc, video }: SandboxUrls) => ({
  ...(skylight ? { ATPROTO_SERVICE_URL: skylight, ATPROTO_APPVIEW_URL: skylight } : {}),
  ...(plc ? { ATPROTO_PLC_URL: plc } : {}),
  ...(video ? { ATPROTO_VIDEO_URL: video, SKYLIGHT_UPLOAD: 'video' } : { SKYLIGHT_UPLOAD: 'blob' }),
});
