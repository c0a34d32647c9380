import { createHash } from 'node:crypto';

/** Being on the list by mail. Single topics are named `<channel>:<topic>`, text messages `backup_list_sms`. */
export const CONSENT_PURPOSE = 'backup_list';

/** `declared`: a workspace brought the address from elsewhere without proof; nothing was mailed. */
export type ConsentAction = 'requested' | 'given' | 'withdrawn' | 'declared';

/** One line of the consent ledger. Lines are added, never changed. */
export interface ConsentEntry {
  readonly subscriberId: string;
  readonly purpose: string;
  readonly action: ConsentAction;
  /** The exact words the person agreed to. */
  readonly text: string;
  readonly textVersion: string;
  readonly language: string;
  /** Where it was given: `form`, `api`, the name of an import. */
  readonly source: string;
  /** Proof of a consent given elsewhere. */
  readonly evidence?: string;
  readonly at: Date;
}

/** Who sent the request: proof that is dropped at erasure, which is why the chain does not cover it. */
export interface Visitor {
  readonly ip?: string;
  readonly userAgent?: string;
}

/** A line as it is stored. */
export interface ChainedConsent extends ConsentEntry {
  readonly previousHash: Buffer | null;
  readonly hash: Buffer;
}

/** SHA-256 over the line before and this one; each subscriber has a chain. */
export const consentHash = (entry: ConsentEntry, previousHash: Buffer | null): Buffer =>
  createHash('sha256')
    .update(
      JSON.stringify([
        previousHash?.toString('hex') ?? '',
        entry.subscriberId,
        entry.purpose,
        entry.action,
        entry.text,
        entry.textVersion,
        entry.language,
        entry.source,
        entry.evidence ?? '',
        entry.at.toISOString(),
      ]),
    )
    .digest();

/** True when no line of a subscriber's chain, oldest first, was changed, dropped from the middle or moved. */
export const isChainIntact = (entries: readonly ChainedConsent[]): boolean =>
  entries.every((entry, index) => {
    const previous = entries[index - 1]?.hash ?? null;
    const follows = previous === null ? entry.previousHash === null : entry.previousHash?.equals(previous) === true;
    return follows && entry.hash.equals(consentHash(entry, previous));
  });
