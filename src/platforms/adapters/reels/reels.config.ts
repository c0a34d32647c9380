/** How Instagram is reached and as which app (the Instagram Login flavour). */
export interface ReelsConfig {
  readonly graphUrl: string;
  /** Bytes go where the create answer says; this serves when it says nothing. */
  readonly ruploadUrl: string;
  /** Path prefix; a version lives about two years. */
  readonly version: string;
  readonly appId: string;
  readonly appSecret: string;
}

export const REELS_DEFAULTS: ReelsConfig = {
  graphUrl: 'https://graph.instagram.com',
  ruploadUrl: 'https://rupload.facebook.com',
  version: 'v25.0',
  appId: '',
  appSecret: '',
};
