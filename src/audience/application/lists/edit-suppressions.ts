import { Injectable } from '@nestjs/common';
import { notFound } from '../../../kernel/domain-error.js';
import { normaliseEmail } from '../../../kernel/email-address.js';
import type { WorkspaceId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import { AuditLog } from '../../../workspaces/index.js';
import { AddressKeys } from '../../domain/lists/address-keys.js';
import type { Channel } from '../../domain/lists/channels.js';
import { Holders } from '../../domain/lists/holders.port.js';
import { badAddress, ownerOnly } from '../../domain/lists/list.errors.js';
import { PhoneNumbers } from '../../domain/lists/phone-numbers.port.js';
import { type StoredSuppression, type Suppression, Suppressions } from '../../domain/lists/suppressions.port.js';
import type { SuppressionReason } from '../../domain/lists/subscriber.js';
import { SuppressAddresses } from './suppress-addresses.js';

interface Caller {
  readonly workspaceId: WorkspaceId;
  readonly actor: string;
}

/** One address to suppress, as a workspace names it: itself, or by the keyed hash of its own export. */
export interface SuppressionWish {
  readonly channel: Channel;
  readonly address?: string | undefined;
  readonly addressHmac?: string | undefined;
  readonly reason: Exclude<SuppressionReason, 'paused' | 'erased'>;
  readonly note?: string | undefined;
}

/** What came of one wish: `suppressed`, or why not. */
export type SuppressionVerdict = 'suppressed' | 'bad_address';

/** True for what a person did: no workspace takes it back. */
const isOwners = (reason: SuppressionReason): reason is 'unsubscribed' | 'complained' | 'erased' =>
  reason === 'unsubscribed' || reason === 'complained' || reason === 'erased';

/** What a workspace does to its suppression list. */
@Injectable()
export class EditSuppressions {
  constructor(
    private readonly suppress: SuppressAddresses,
    private readonly suppressions: Suppressions,
    private readonly holders: Holders,
    private readonly keys: AddressKeys,
    private readonly phones: PhoneNumbers,
    private readonly audit: AuditLog,
  ) {}

  /** @returns a verdict for each wish, in order */
  async add(caller: Caller, wishes: readonly SuppressionWish[], tx: Tx): Promise<SuppressionVerdict[]> {
    const rows = wishes.map((wish) => this.read(caller.workspaceId, wish));
    const good = rows.filter((row) => row !== undefined);
    const count = await this.suppress.execute(caller.workspaceId, good, tx);
    const detail = { asked: wishes.length, changed: count };
    const { workspaceId, actor } = caller;
    await this.audit.append({ workspaceId, actor, action: 'suppression.added', subjectId: workspaceId, detail }, tx);
    return rows.map((row) => (row ? 'suppressed' : 'bad_address'));
  }

  /** @throws DomainError `suppression.bad_address`, `suppression.not_found` */
  async find(workspaceId: WorkspaceId, channel: Channel, address: string): Promise<StoredSuppression> {
    const addressHmac = this.hmacOf(workspaceId, channel, address);
    if (!addressHmac) throw badAddress(channel);
    const found = await this.suppressions.find(workspaceId, { channel, addressHmac });
    if (!found) throw notFound('suppression', addressHmac.toString('hex'));
    return found;
  }

  /**
   * Ends what a workspace, a pause or a bounce began. The person is where they were before.
   * @throws DomainError `suppression.not_found`, `suppression.owner_only`
   */
  async remove(caller: Caller, which: Pick<Suppression, 'channel' | 'addressHmac'>, tx: Tx): Promise<void> {
    const { workspaceId, actor } = caller;
    const subjectId = which.addressHmac.toString('hex');
    const found = await this.suppressions.find(workspaceId, which, tx);
    if (!found) throw notFound('suppression', subjectId);
    if (isOwners(found.reason)) throw ownerOnly(found.reason);
    await this.suppressions.remove(workspaceId, { ...which, reason: found.reason }, tx);
    if (which.channel === 'email') await this.holders.revive(workspaceId, which.addressHmac, tx);
    await this.audit.append({ workspaceId, actor, action: 'suppression.removed', subjectId }, tx);
  }

  private read(workspaceId: WorkspaceId, wish: SuppressionWish): Suppression | undefined {
    const { channel, reason, note } = wish;
    const addressHmac =
      wish.addressHmac === undefined
        ? this.hmacOf(workspaceId, channel, wish.address ?? '')
        : Buffer.from(wish.addressHmac, 'hex');
    return addressHmac && { channel, addressHmac, reason, note };
  }

  private hmacOf(workspaceId: WorkspaceId, channel: Channel, given: string): Buffer | undefined {
    const address = channel === 'email' ? normaliseEmail(given) : this.phones.parse(given);
    return address === undefined ? undefined : this.keys.hmacOf(workspaceId, address);
  }
}
