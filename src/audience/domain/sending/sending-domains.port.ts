import type { WorkspaceId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import type { Finding } from './finding.js';

/** A domain a workspace writes as, once it has shown in DNS that the domain is its own. */
export interface SendingDomain {
  readonly id: string;
  readonly workspaceId: WorkspaceId;
  readonly domain: string;
  /** `Name <address>` at the domain. */
  readonly sender: string;
  readonly selector: string;
  /** Base64, as the TXT record has it. */
  readonly publicKey: string;
  readonly verifiedAt: Date | null;
  /** Of the last look. */
  readonly findings: readonly Finding[];
  readonly checkedAt: Date | null;
  readonly createdAt: Date;
}

/** A workspace's sending domains and their keys; private keys are sealed and never answered. */
export abstract class SendingDomains {
  /** @returns undefined when the workspace has it already */
  abstract insert(
    fresh: Pick<SendingDomain, 'workspaceId' | 'domain' | 'sender' | 'selector' | 'publicKey'>,
    privateKey: string,
    tx: Tx,
  ): Promise<SendingDomain | undefined>;
  abstract find(workspaceId: WorkspaceId, id: string, tx?: Tx): Promise<SendingDomain | undefined>;
  /** @param isVerified false leaves an earlier verification as it is */
  abstract checked(domain: SendingDomain, findings: readonly Finding[], isVerified: boolean): Promise<SendingDomain>;
  abstract remove(workspaceId: WorkspaceId, id: string, tx: Tx): Promise<boolean>;
  abstract list(
    workspaceId: WorkspaceId,
    place: { readonly limit: number; readonly after?: { readonly at: string; readonly id: string } | undefined },
  ): Promise<readonly (SendingDomain & { readonly at: string })[]>;
}
