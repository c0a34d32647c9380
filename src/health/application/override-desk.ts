import { Injectable } from '@nestjs/common';
import { Clock } from '../../kernel/clock.port.js';
import { DomainError, notFound } from '../../kernel/domain-error.js';
import type { EventTypeOf } from '../../kernel/event-catalogue.js';
import { EventLog } from '../../kernel/event-log.port.js';
import type { WorkspaceId } from '../../kernel/ids.js';
import type { Tx } from '../../kernel/transaction.js';
import type { PlatformName } from '../../platforms/domain/platform-name.js';
import { AuditLog } from '../../workspaces/index.js';
import { expiryOf, type Override, type OverrideScope, type OverrideState } from '../domain/override.js';
import { Overrides } from '../domain/overrides.port.js';

/** Who pins or unpins. */
export interface Pinner {
  readonly workspaceId: WorkspaceId;
  readonly actor: string;
  readonly isOperator: boolean;
}

export interface PinRequest {
  readonly platform: PlatformName;
  readonly region?: string | undefined;
  readonly state: OverrideState;
  readonly reason: string;
  readonly expiresAt?: Date | undefined;
  readonly forSeconds?: number | undefined;
  readonly scope: OverrideScope;
}

/** A person's word on a platform's health, for a workspace or, by an operator, for all. */
@Injectable()
export class OverrideDesk {
  constructor(
    private readonly overrides: Overrides,
    private readonly audit: AuditLog,
    private readonly events: EventLog,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `override.needs_operator`, `override.expiry_twice`, `override.expiry_out_of_range` */
  async pin(by: Pinner, request: PinRequest, tx: Tx): Promise<Override> {
    const { platform, region, state, reason, scope } = request;
    if (scope === 'instance' && !by.isOperator) throw needsOperator();
    const override = await this.overrides.insert(
      {
        scope,
        ...(scope === 'workspace' ? { workspaceId: by.workspaceId } : {}),
        platform,
        ...(region === undefined ? {} : { region }),
        state,
        reason,
        author: by.actor,
        expiresAt: expiryOf(request, this.clock.now()),
      },
      tx,
    );
    await this.tell(by, override, 'platform.overridden', tx);
    return override;
  }

  /** @throws DomainError `override.not_found`, `override.needs_operator` */
  async unpin(by: Pinner, id: string, tx: Tx): Promise<void> {
    const override = await this.overrides.find(by.workspaceId, id, tx);
    if (!override) throw notFound('override', id);
    if (override.scope === 'instance' && !by.isOperator) throw needsOperator();
    await this.overrides.end(id, tx);
    await this.tell(by, override, 'platform.override_ended', tx);
  }

  private async tell(
    { workspaceId, actor }: Pinner,
    override: Override,
    what: EventTypeOf<'platform'>,
    tx: Tx,
  ): Promise<void> {
    const { id, platform, region, state, reason, scope } = override;
    const payload = { overrideId: id, platform, region: region ?? null, state, reason };
    await this.audit.append({ workspaceId, actor, action: what, subjectId: id, detail: { ...payload, scope } }, tx);
    const owner = override.workspaceId ?? null;
    await this.events.append([{ workspaceId: owner, type: what, subjectId: id, payload }], tx);
  }
}

const needsOperator = () =>
  new DomainError(
    'forbidden',
    'override.needs_operator',
    'An override for the whole instance needs a key with the scope "operator". Use scope "workspace" for your own.',
  );
