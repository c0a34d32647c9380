import type { handOffMail } from './hand-off-mail.js';

export type HandOffMail = ReturnType<typeof handOffMail>;

/** `refused`: certainly not taken. `unknown`: it may have been. */
export type HandOffMailOutcome =
  | { readonly kind: 'accepted'; readonly reply: string }
  | { readonly kind: 'refused'; readonly lasting: 'temporary' | 'permanent'; readonly reply: string }
  | { readonly kind: 'unknown'; readonly detail: string };

/** Sends one mail; never again by itself. */
export abstract class HandOffMailer {
  /** False: no mail server; people find their hand-offs in the API. */
  abstract readonly isConfigured: boolean;
  abstract send(mail: HandOffMail): Promise<HandOffMailOutcome>;
}
