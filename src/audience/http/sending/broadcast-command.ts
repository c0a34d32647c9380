import { Injectable } from '@nestjs/common';
import type { Principal } from '../../../infra/http/principal.js';
import { notFound } from '../../../kernel/domain-error.js';
import type { WorkspaceId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import { Idempotency, type IdempotencyCall } from '../../../workspaces/index.js';
import type { BroadcastRef } from '../../application/sending/edit-broadcast.js';
import { Preflight } from '../../application/sending/preflight.js';
import { type Broadcast, isUnsent } from '../../domain/sending/broadcast.js';
import { Broadcasts } from '../../domain/sending/broadcasts.port.js';
import { Recipients } from '../../domain/sending/recipients.port.js';
import { BroadcastResponse, toBroadcast } from './broadcast.response.dto.js';

type Work = (ref: BroadcastRef, tx: Tx) => Promise<Broadcast>;

/** What every order to a broadcast has in common: done once however often it is sent, answered with where it stands. */
@Injectable()
export class BroadcastCommand {
  constructor(
    private readonly idempotency: Idempotency,
    private readonly broadcasts: Broadcasts,
    private readonly recipients: Recipients,
    private readonly preflight: Preflight,
  ) {}

  /** @throws DomainError `broadcast.not_found` */
  async found(workspaceId: WorkspaceId, id: string): Promise<Broadcast> {
    const broadcast = await this.broadcasts.get(workspaceId, id);
    if (!broadcast) throw notFound('broadcast', id);
    return broadcast;
  }

  run(principal: Principal, call: IdempotencyCall, id: string, work: Work): Promise<BroadcastResponse> {
    const { workspaceId, actor } = principal;
    return this.idempotency.run(principal, call, async (tx) => {
      const broadcast = await work({ workspaceId, id, actor }, tx);
      return toBroadcast(broadcast, (await this.recipients.counts(workspaceId, [id], tx)).get(id));
    });
  }

  /** The same for what lets it out: its domain's DNS is looked at first, outside of any transaction. */
  async runChecked({ principal, call, id, accepted }: CheckedOrder, work: Work): Promise<BroadcastResponse> {
    const earlier = await this.idempotency.replayOf<BroadcastResponse>(principal, call);
    if (earlier) return earlier.body;
    const broadcast = await this.found(principal.workspaceId, id);
    if (isUnsent(broadcast)) await this.preflight.assertDomain(broadcast, accepted);
    return this.run(principal, call, id, work);
  }
}

interface CheckedOrder {
  readonly principal: Principal;
  readonly call: IdempotencyCall;
  readonly id: string;
  /** Codes of findings that a person accepts. */
  readonly accepted: Parameters<Preflight['assertDomain']>[1];
}
