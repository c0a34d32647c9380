/** Where AT Protocol accounts sign in and where public counters are read. */
export interface SkylightConfig {
  /** Entryway or PDS for accounts that name no other. */
  readonly serviceUrl: string;
  readonly appViewUrl: string;
  /** Directory of did:plc documents. */
  readonly plcUrl: string;
  /** Video service, and the DID it answers to. */
  readonly videoUrl: string;
  readonly videoDid: string;
  /** `video`: pre-processed by the video service. `blob`: straight to the PDS. */
  readonly upload: 'video' | 'blob';
  /** Our own address, for the OAuth client metadata; empty or on loopback: the development client. */
  readonly publicUrl: string;
  /**
   * Private ES256 key (JWK with `kid`, as JSON) that proves our OAuth client. Empty: a public client, whose sessions
   * end after two weeks instead of two years (atproto.com/specs/oauth, read Nov 2026).
   */
  readonly clientKey: string;
}

export const SKYLIGHT_DEFAULTS: SkylightConfig = {
  serviceUrl: 'https://bsky.social',
  appViewUrl: 'https://public.api.bsky.app',
  plcUrl: 'https://plc.directory',
  videoUrl: 'https://video.bsky.app',
  videoDid: 'did:web:video.bsky.app',
  upload: 'video',
  publicUrl: '',
  clientKey: '',
};
