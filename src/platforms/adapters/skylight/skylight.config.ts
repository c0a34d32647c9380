/** Where AT Protocol accounts sign in and where public counters are read. */
export interface SkylightConfig {
  /** Entryway or PDS for accounts that name no other. */
  readonly serviceUrl: string;
  readonly appViewUrl: string;
}

export const SKYLIGHT_DEFAULTS: SkylightConfig = {
  serviceUrl: 'https://bsky.social',
  appViewUrl: 'https://public.api.bsky.app',
};
