import type { FetchPolicy } from '../infra/fetch/public-address.js';

/** Which addresses a workspace may name as its listmonk besides public ones. */
export class NewsletterDoor {
  constructor(readonly policy: FetchPolicy) {}
}
