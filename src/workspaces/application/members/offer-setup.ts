import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DAY_MS } from '../../../kernel/durations.js';
import type { WorkspaceId } from '../../../kernel/ids.js';
import { UnitOfWork } from '../../../kernel/transaction.js';
import { AuditLog } from '../../domain/audit-log.port.js';
import { AccessLinks } from '../../domain/members/access-links.port.js';
import { mintToken } from '../../domain/members/link-token.js';
import { Members } from '../../domain/members/members.port.js';
import { SetupSeat } from '../../domain/members/setup-seat.port.js';

const SETUP_FOR_MS = DAY_MS;

/** Makes the link by which the first owner comes in, at every start of a server that nobody is a member of. */
@Injectable()
export class OfferSetup {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly members: Members,
    private readonly links: AccessLinks,
    private readonly seat: SetupSeat,
    private readonly audit: AuditLog,
  ) {}

  /** @returns the secret of the link; undefined when there is nothing to set up, or another process has printed one */
  async execute(workspaceId: WorkspaceId): Promise<string | undefined> {
    if (await this.members.isAnybody()) return undefined;
    if (!(await this.seat.take())) return undefined;
    const { plain, hash: tokenHash } = mintToken(randomBytes);
    await this.unitOfWork.run(async (tx) => {
      const { id } = await this.links.insert({ kind: 'setup', tokenHash, workspaceId, forMs: SETUP_FOR_MS }, tx);
      await this.audit.append({ workspaceId, actor: 'system', action: 'setup_link.created', subjectId: id }, tx);
    });
    return plain;
  }
}
