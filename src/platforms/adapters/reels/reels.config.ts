/** How Instagram is reached and as which apps: one for Instagram Login, one for Facebook Login. */
export interface ReelsConfig {
  readonly graphUrl: string;
  /** Bytes go where the create answer says; this serves when it says nothing. */
  readonly ruploadUrl: string;
  /** Path prefix; a version lives about two years. */
  readonly version: string;
  readonly appId: string;
  readonly appSecret: string;
  /** Instagram Login: where the browser gives consent, and where a code becomes a token. */
  readonly authorizeUrl: string;
  readonly tokenUrl: string;
  /** Facebook Login: API, consent dialog (`{version}` is replaced), app. */
  readonly fbGraphUrl: string;
  readonly fbDialogUrl: string;
  readonly fbAppId: string;
  readonly fbAppSecret: string;
  /** `bytes`: resumable upload. `url`: Instagram fetches the file from us. */
  readonly source: 'bytes' | 'url';
}

export const REELS_DEFAULTS: ReelsConfig = {
  graphUrl: 'https://graph.instagram.com',
  ruploadUrl: 'https://rupload.facebook.com',
  version: 'v25.0',
  appId: '',
  appSecret: '',
  authorizeUrl: 'https://www.instagram.com/oauth/authorize',
  tokenUrl: 'https://api.instagram.com/oauth/access_token',
  fbGraphUrl: 'https://graph.facebook.com',
  fbDialogUrl: 'https://www.facebook.com/{version}/dialog/oauth',
  fbAppId: '',
  fbAppSecret: '',
  source: 'bytes',
};
