import { Injectable } from '@nestjs/common';
import type { WorkspaceId } from '../../../kernel/ids.js';
import { UnitOfWork } from '../../../kernel/transaction.js';
import { Workspaces } from '../../../workspaces/index.js';
import { SignUpGate, type Stranger } from './sign-up-gate.js';
import type { SignUp } from '../../domain/lists/sign-up-request.js';
import { SignUpSubscribers } from './sign-up-subscribers.js';

/** What a stranger's form may send. */
export type PublicSignUp = Pick<SignUp, 'email' | 'language' | 'zone' | 'consent'>;

/** A sign-up by a stranger: it tells nothing about the address, and can only ever lead to a confirm mail. */
@Injectable()
export class SubscribePublicly {
  constructor(
    private readonly gate: SignUpGate,
    private readonly signUp: SignUpSubscribers,
    private readonly workspaces: Workspaces,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** @throws DomainError `workspace.not_found`, those of `SignUpGate.admit` */
  async execute(workspaceId: WorkspaceId, form: PublicSignUp, stranger: Stranger): Promise<void> {
    // First: made-up workspaces would push real ones out of what the gate remembers.
    await this.workspaces.get(workspaceId);
    this.gate.admit(workspaceId, form.email, stranger);
    const { email, language, zone, consent } = form;
    const { text, textVersion, source, language: consentLanguage } = consent;
    const asked = { email, language, zone, consent: { text, textVersion, source, language: consentLanguage } };
    await this.unitOfWork.run((tx) => this.signUp.execute(workspaceId, [asked], stranger.visitor, tx));
  }
}
