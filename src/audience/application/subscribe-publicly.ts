import { Injectable } from '@nestjs/common';
import { Clock } from '../../kernel/clock.port.js';
import type { WorkspaceId } from '../../kernel/ids.js';
import { UnitOfWork } from '../../kernel/transaction.js';
import { Workspaces } from '../../workspaces/index.js';
import { badEmail, signUpLimit } from '../domain/audience.errors.js';
import type { Visitor } from '../domain/consent.js';
import { SignUpLimiter } from '../domain/sign-up-limiter.js';
import { type SignUp, SignUpSubscribers } from './sign-up-subscribers.js';

/** What a stranger's form may send. */
export type PublicSignUp = Pick<SignUp, 'email' | 'language' | 'zone' | 'consent'>;

/** A sign-up by a stranger: it tells nothing about the address, and can only ever lead to a confirm mail. */
@Injectable()
export class SubscribePublicly {
  private readonly limiter = new SignUpLimiter();

  constructor(
    private readonly signUp: SignUpSubscribers,
    private readonly workspaces: Workspaces,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `subscribe.too_many`, `workspace.not_found`, `subscriber.bad_email` */
  async execute(workspaceId: WorkspaceId, form: PublicSignUp, visitor: Visitor): Promise<void> {
    if (!this.limiter.admits(`${workspaceId}|${visitor.ip ?? ''}`, this.clock.now())) throw signUpLimit();
    await this.workspaces.get(workspaceId);
    const { email, language, zone, consent } = form;
    const { text, textVersion, source, language: consentLanguage } = consent;
    const asked = { email, language, zone, consent: { text, textVersion, source, language: consentLanguage } };
    const [verdict] = await this.unitOfWork.run((tx) => this.signUp.execute(workspaceId, [asked], visitor, tx));
    if (verdict?.decision === 'bad_email') throw badEmail();
  }
}
