/** What a preflight looks at. */
export const PREFLIGHT_CHECKS = [
  'template',
  'text',
  'size',
  'links',
  'images',
  'headers',
  'server',
  'dkim',
  'spf',
  'dmarc',
] as const;
/** What name servers decide; whoever knows better may send all the same. */
export const DOMAIN_CHECKS = ['dkim', 'spf', 'dmarc'] as const satisfies readonly PreflightCheck[];
export type DomainCheckName = (typeof DOMAIN_CHECKS)[number];
export type PreflightCheck = (typeof PREFLIGHT_CHECKS)[number];

/** `blocking`: it would not arrive, or not as it is meant; sending is refused. `warning`: worth a look. */
export type FindingLevel = 'warning' | 'blocking';

/** Something a preflight found. */
export interface Finding {
  readonly check: PreflightCheck;
  readonly level: FindingLevel;
  /** What is wrong and what to do. */
  readonly message: string;
  /** The field of the broadcast it is about. */
  readonly field?: 'subject' | 'bodyText' | 'bodyHtml' | undefined;
}

/** From so many messages on a receiver counts us as a bulk sender (Gmail: 5,000 a day to personal accounts). */
export const BULK_RECIPIENTS = 5_000;

export const isBlocking = ({ level }: Finding): boolean => level === 'blocking';

/** Receivers demand it of bulk senders and only like it of others. */
export const demandedOfBulk = (recipients: number): FindingLevel =>
  recipients >= BULK_RECIPIENTS ? 'blocking' : 'warning';
