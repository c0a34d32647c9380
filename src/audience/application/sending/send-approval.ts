import type { Tx } from '../../../kernel/transaction.js';
import { AUTOMATIC_APPROVER, type Broadcast, contentHash } from '../../domain/sending/broadcast.js';
import type { Approvals, SendingThresholds } from '../../domain/sending/approvals.port.js';
import { confirmRecipients, secondApprovalNeeded } from '../../domain/sending/sending.errors.js';

/** Who sends to how many, and what they said of it. */
export interface SendRequest {
  readonly actor: string;
  readonly recipients: number;
  /** How many people the caller says there are. */
  readonly confirmed?: number | undefined;
}

/** Lists move while one looks at them: so much the count may differ from what was confirmed. */
const TOLERANCE = 0.05;

/** Step-up for large broadcasts: what a script sends by mistake, or one stolen key alone, stays unsent. */
export class SendApproval {
  constructor(
    private readonly approvals: Approvals,
    private readonly thresholds: SendingThresholds,
  ) {}

  /**
   * Notices that a workspace lets go out by themselves were approved with that rule.
   * @throws DomainError `broadcast.confirm_recipients`, `broadcast.second_approval_needed`
   */
  async assert(broadcast: Broadcast, { actor, recipients, confirmed }: SendRequest, tx: Tx): Promise<void> {
    if (actor === AUTOMATIC_APPROVER) return;
    const { confirmFrom, twoActorsFrom } = this.thresholds;
    if (reaches(recipients, confirmFrom) && !isNear(confirmed, recipients)) throw confirmRecipients(recipients);
    if (!reaches(recipients, twoActorsFrom)) return;
    const approvers = await this.approvals.of(broadcast, contentHash(broadcast), tx);
    if (!approvers.some((approver) => approver !== actor)) throw secondApprovalNeeded(recipients);
  }
}

const reaches = (recipients: number, from: number): boolean => from > 0 && recipients >= from;

const isNear = (confirmed: number | undefined, recipients: number): boolean =>
  confirmed !== undefined && Math.abs(confirmed - recipients) <= recipients * TOLERANCE;
