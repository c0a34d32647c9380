import { z } from 'zod';
import { flag, url } from './env.fields.js';

/** Addresses of the real services, which the sandbox and tests override (`platforms.md` 0.1), and what our apps there are called. */
export const platformEnv = {
  TIKTOK_API_URL: url.default('https://open.tiktokapis.com'),
  TIKTOK_AUTHORIZE_URL: url.default('https://www.tiktok.com/v2/auth/authorize/'),
  TIKTOK_CLIENT_KEY: z.string().default(''),
  TIKTOK_CLIENT_SECRET: z.string().default(''),
  /** `file`: we send the bytes. `url`: TikTok fetches them from PUBLIC_URL, whose domain must be verified there. */
  TIKTOK_SOURCE: z.enum(['file', 'url']).default('file'),
  /** `false` until TikTok has audited the app: posts are then private only. */
  TIKTOK_AUDITED: flag.default(true),
  INSTAGRAM_GRAPH_URL: url.default('https://graph.instagram.com'),
  INSTAGRAM_RUPLOAD_URL: url.default('https://rupload.facebook.com'),
  INSTAGRAM_AUTHORIZE_URL: url.default('https://www.instagram.com/oauth/authorize'),
  INSTAGRAM_TOKEN_URL: url.default('https://api.instagram.com/oauth/access_token'),
  INSTAGRAM_APP_ID: z.string().default(''),
  INSTAGRAM_APP_SECRET: z.string().default(''),
  FACEBOOK_GRAPH_URL: url.default('https://graph.facebook.com'),
  FACEBOOK_DIALOG_URL: z.string().min(1).default('https://www.facebook.com/{version}/dialog/oauth'),
  FACEBOOK_APP_ID: z.string().default(''),
  FACEBOOK_APP_SECRET: z.string().default(''),
  /** `bytes`: we send the file. `url`: Instagram fetches it from PUBLIC_URL. */
  REELS_SOURCE: z.enum(['bytes', 'url']).default('bytes'),
  META_VERSION: z
    .string()
    .regex(/^v\d+\.\d+$/)
    .default('v25.0'),
  YOUTUBE_API_URL: url.default('https://www.googleapis.com/youtube/v3'),
  YOUTUBE_UPLOAD_URL: url.default('https://www.googleapis.com/upload/youtube/v3'),
  GOOGLE_AUTHORIZE_URL: url.default('https://accounts.google.com/o/oauth2/v2/auth'),
  GOOGLE_TOKEN_URL: url.default('https://oauth2.googleapis.com/token'),
  GOOGLE_REVOKE_URL: url.default('https://oauth2.googleapis.com/revoke'),
  /** Uploads a day that Google grants the project, over all accounts; 0: not counted by us. */
  YOUTUBE_DAILY_INSERTS: z.coerce.number().int().min(0).default(100),
  GOOGLE_CLIENT_ID: z.string().default(''),
  GOOGLE_CLIENT_SECRET: z.string().default(''),
  ATPROTO_SERVICE_URL: url.default('https://bsky.social'),
  ATPROTO_APPVIEW_URL: url.default('https://public.api.bsky.app'),
  ATPROTO_PLC_URL: url.default('https://plc.directory'),
  ATPROTO_VIDEO_URL: url.default('https://video.bsky.app'),
  ATPROTO_VIDEO_DID: z
    .string()
    .regex(/^did:web:[\w.:%-]+$/)
    .default('did:web:video.bsky.app'),
  /** Private ES256 key (JWK with `kid`) that proves our OAuth client; empty: a public client, its sessions end after two weeks. */
  ATPROTO_CLIENT_KEY: z.string().default(''),
  /** `video`: through the video service, playable at once. `blob`: straight to the account's server. */
  SKYLIGHT_UPLOAD: z.enum(['video', 'blob']).default('video'),
  DISCORD_API_URL: url.default('https://discord.com/api/v10'),
  TELEGRAM_API_URL: url.default('https://api.telegram.org'),
};
