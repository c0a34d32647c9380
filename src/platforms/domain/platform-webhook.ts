import type { CheckOutcome } from './publish-outcome.js';

/** What a platform tells by itself, at least once and in any order. */
export type PlatformNotice = {
  /** Same for every delivery of one event. */
  readonly key: string;
  /** Whose account, by the platform's id. */
  readonly externalId: string;
  readonly at: Date;
} & (
  | { readonly kind: 'published'; readonly handle: string }
  | {
      readonly kind: 'failed';
      readonly handle: string;
      readonly reason: string;
      /** What the platform's own table says about the reason; `absent`: it did not post and may be sent again. */
      readonly outcome: Extract<CheckOutcome, { kind: 'rejected' | 'absent' }>;
    }
  /** The public id of a published post. */
  | { readonly kind: 'available'; readonly handle: string; readonly platformPostId: string }
  /** Taken down, or no longer public. */
  | { readonly kind: 'gone'; readonly handle: string; readonly platformPostId: string }
  | { readonly kind: 'consent_lost'; readonly reason: string }
);

/** How a platform's calls to us are read. */
export interface PlatformWebhook {
  /**
   * The notices of one delivery; none for an event we do not know; `undefined` when the signature does not hold or is
   * too old at `now`. Header names are lower case.
   */
  read(rawBody: Buffer, headers: Readonly<Record<string, string>>, now: Date): readonly PlatformNotice[] | undefined;
}
