/** How TikTok is reached and as which app. */
export interface TikTokConfig {
  /** OAuth, publish, status and display API. */
  readonly apiUrl: string;
  readonly clientKey: string;
  readonly clientSecret: string;
  /** Where the browser gives consent. */
  readonly authorizeUrl: string;
  /** `file`: bytes go to TikTok. `url`: TikTok fetches them from us; needs a verified domain. */
  readonly source: 'file' | 'url';
  /** Whether TikTok has audited the app; before that every post must be private (`platforms.md` 1.9). */
  readonly isAudited: boolean;
  /**
   * How long an `upload_url` accepts bytes, milliseconds. Once it is over, an incomplete upload can never become a post.
   * Default 1 h (Content Posting API, Media Transfer Guide; read Nov 2026).
   */
  readonly uploadUrlLifetimeMs?: number;
}

export const UPLOAD_URL_LIFETIME_MS = 3_600_000;

export const TIKTOK_DEFAULTS: TikTokConfig = {
  apiUrl: 'https://open.tiktokapis.com',
  clientKey: '',
  clientSecret: '',
  authorizeUrl: 'https://www.tiktok.com/v2/auth/authorize/',
  source: 'file',
  isAudited: true,
};
