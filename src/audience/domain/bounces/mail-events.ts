import type { ReportKind, ReportSource } from './delivery-reports.port.js';
import type { DeliveryClass } from './delivery-class.js';

/** What a mail provider tells of one mail, before it is known whose it was. */
export interface MailEvent {
  readonly kind: ReportKind;
  /** null for a complaint. */
  readonly deliveryClass: DeliveryClass | null;
  readonly isFinal: boolean;
  /** Envelope senders and Message-IDs that may be ours. */
  readonly returnPaths: readonly string[];
  readonly messageIds: readonly string[];
  readonly evidence: string;
  /** The provider's own name of the event. */
  readonly key: string;
}

export const MAIL_PROVIDERS = ['ses', 'sendgrid', 'postmark', 'mailgun'] as const satisfies readonly ReportSource[];
export type MailProvider = (typeof MAIL_PROVIDERS)[number];

/** One call of a provider as it came over the wire. */
export interface HookCall {
  /** The very bytes: signatures are made over them. */
  readonly rawBody: Buffer;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
}

/** What a call says once it is proven. */
export interface HookReading {
  /** What makes this call unlike every other; a second one with it is a replay. */
  readonly replayKey: string;
  readonly events: readonly MailEvent[];
}

/** One provider's calls to us. */
export abstract class MailHook {
  abstract readonly provider: MailProvider;
  /**
   * Proves who calls before anything of the body is believed.
   * @throws DomainError `mail_hook.not_configured`, `mail_hook.bad_signature`, `mail_hook.stale`, `mail_hook.malformed`,
   *   `mail_hook.foreign_topic`, `mail_hook.unreachable`
   */
  abstract read(call: HookCall, now: Date): Promise<HookReading>;
}

/** Message-IDs as we make them: with angle brackets, however the provider writes them. */
export const bracketed = (messageId: string): string => `<${messageId.trim().replace(/^<|>$/g, '')}>`;
