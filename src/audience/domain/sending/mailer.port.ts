/** One message to one person. */
export interface Mail {
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html?: string;
  /** With angle brackets; the same for every try, so that receivers may drop a repeat. */
  readonly messageId: string;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * - `accepted`: the mail server took it
 * - `refused`: certainly not sent; `route` when the server is in trouble, `message` when it judged this mail
 * - `unknown`: lost after the body began to leave; never sent again
 */
export type MailDelivery =
  | { readonly kind: 'accepted'; readonly reply: string; readonly server: string }
  | {
      readonly kind: 'refused';
      readonly lasting: 'temporary' | 'permanent';
      readonly stage: 'route' | 'message';
      readonly code?: number;
      readonly reply: string;
    }
  | { readonly kind: 'unknown'; readonly detail: string };

/** The way to the mail server. Answers values; never sends again by itself; ends within 45 s. */
export abstract class Mailer {
  /** False when no server is configured: broadcasts stay drafts. */
  abstract readonly isConfigured: boolean;
  abstract send(mail: Mail): Promise<MailDelivery>;
}
