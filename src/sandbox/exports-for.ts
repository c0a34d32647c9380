import type { SandboxUrls } from './start-sandbox.js';

/** Shell lines that point the app at a running sandbox. */
export const exportsFor = ({ tiktok, instagram, youtube, skylight, smtp }: SandboxUrls): readonly string[] => [
  `export TIKTOK_API_URL=${tiktok} INSTAGRAM_GRAPH_URL=${instagram} INSTAGRAM_RUPLOAD_URL=${instagram}`,
  `export YOUTUBE_API_URL=${youtube}/youtube/v3 YOUTUBE_UPLOAD_URL=${youtube}/upload/youtube/v3 GOOGLE_TOKEN_URL=${youtube}/token`,
  ...(skylight ? [`export ATPROTO_SERVICE_URL=${skylight} ATPROTO_APPVIEW_URL=${skylight}`] : []),
  `export SMTP_URL=${smtp}`,
  'export TIKTOK_CLIENT_KEY=sandbox-client INSTAGRAM_APP_ID=sandbox-client GOOGLE_CLIENT_ID=sandbox-client',
  'export TIKTOK_CLIENT_SECRET=sandbox-secret INSTAGRAM_APP_SECRET=sandbox-secret GOOGLE_CLIENT_SECRET=sandbox-secret',
];
