/** How YouTube and Google's token endpoint are reached and as which app. */
export interface ShortsConfig {
  readonly apiUrl: string;
  /** Start of resumable uploads; the returned session URI is used as it comes. */
  readonly uploadUrl: string;
  readonly tokenUrl: string;
  /** Where the browser gives consent. */
  readonly authorizeUrl: string;
  readonly revokeUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

export const SHORTS_DEFAULTS: ShortsConfig = {
  apiUrl: 'https://www.googleapis.com/youtube/v3',
  uploadUrl: 'https://www.googleapis.com/upload/youtube/v3',
  tokenUrl: 'https://oauth2.googleapis.com/token',
  authorizeUrl: 'https://accounts.google.com/o/oauth2/v2/auth',
  revokeUrl: 'https://oauth2.googleapis.com/revoke',
  clientId: '',
  clientSecret: '',
};
