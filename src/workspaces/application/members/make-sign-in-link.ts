import { randomBytes } from 'node:crypto';
import { MINUTE_MS } from '../../../kernel/durations.js';
import { normaliseEmail } from '../../../kernel/email-address.js';
import type { UnitOfWork } from '../../../kernel/transaction.js';
import type { AuditLog } from '../../domain/audit-log.port.js';
import { badEmail, noSuchMember } from '../../domain/members/access.errors.js';
import type { AccessLinks } from '../../domain/members/access-links.port.js';
import { mintToken } from '../../domain/members/link-token.js';
import type { People } from '../../domain/members/people.port.js';
import type { SecondFactors } from '../../domain/members/second-factors.port.js';

/** Long enough to copy a line from a terminal. */
const LINK_FOR_MS = 10 * MINUTE_MS;

/** A link that lets one member in, once, instead of their password. */
export interface SignInLink {
  readonly token: string;
  readonly expiresAt: Date;
}

/** For who runs the server and so has the database: there is no route for it. */
export class MakeSignInLink {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly people: People,
    private readonly links: AccessLinks,
    private readonly audit: AuditLog,
    private readonly factors: Pick<SecondFactors, 'remove'>,
  ) {}

  /**
   * Opens the longest membership.
   * @param dropsTotp the person has lost their app and their recovery codes: the second factor goes
   * @throws DomainError `email.invalid`, `member.not_found`
   */
  execute(given: string, { dropsTotp = false }: { readonly dropsTotp?: boolean } = {}): Promise<SignInLink> {
    const email = normaliseEmail(given);
    if (email === undefined) throw badEmail();
    return this.unitOfWork.run(async (tx) => {
      const person = await this.people.byEmail(email, tx);
      const [entered] = person ? await this.people.memberships(person.id, tx) : [];
      if (!person || !entered) throw noSuchMember(email);
      const droppedTotp = dropsTotp && (await this.factors.remove(person.id, tx));
      const { plain: token, hash: tokenHash } = mintToken(randomBytes);
      const { memberId, workspaceId } = entered;
      const fresh = { kind: 'sign_in', tokenHash, workspaceId, memberId, forMs: LINK_FOR_MS } as const;
      const { id: subjectId, expiresAt } = await this.links.insert(fresh, tx);
      const entry = { workspaceId, actor: 'system', action: 'sign_in_link.created', subjectId };
      await this.audit.append({ ...entry, detail: { memberId, droppedTotp } }, tx);
      return { token, expiresAt };
    });
  }
}
