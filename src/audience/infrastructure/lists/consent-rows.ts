import type { ChainedConsent } from '../../domain/lists/consent.js';
import type { ConsentLine } from '../../domain/lists/consent-ledger.port.js';

/** A row of the ledger, nulls and all. */
export type StoredConsent = Omit<ChainedConsent, 'evidence'> & {
  readonly evidence: string | null;
  readonly ip: string | null;
  readonly userAgent: string | null;
};

export const CONSENT_COLUMNS = `subscriber_id as "subscriberId", purpose, action, text, text_version as "textVersion",
  language, source, evidence, host(ip) as ip, user_agent as "userAgent", at, previous_hash as "previousHash", hash`;

export const toConsentLine = ({ evidence, ip, userAgent, ...line }: StoredConsent): ConsentLine => ({
  ...line,
  ...(evidence === null ? {} : { evidence }),
  ...(ip === null ? {} : { ip }),
  ...(userAgent === null ? {} : { userAgent }),
});
