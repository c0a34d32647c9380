import { Injectable } from '@nestjs/common';
import { Clock } from '../../../kernel/clock.port.js';
import { normaliseEmail } from '../../../kernel/email-address.js';
import type { WorkspaceId } from '../../../kernel/ids.js';
import { badEmail, signUpLimit } from '../../domain/audience.errors.js';
import type { Visitor } from '../../domain/lists/consent.js';
import { DisposableDomains } from '../../domain/lists/disposable-domains.port.js';
import { disposableAddress } from '../../domain/lists/list.errors.js';
import {
  SIGN_UPS_PER_WINDOW,
  SignUpLimiter,
  WORKSPACE_SIGN_UPS_PER_WINDOW,
} from '../../domain/lists/sign-up-limiter.js';

/** A stranger who signs up. */
export interface Stranger {
  readonly visitor: Visitor;
  /** The visitor's network: an IPv4 address, or the /64 of an IPv6 one. */
  readonly network: string;
}

/** Stands before every sign-up by strangers. What it says depends on the address as text, never on who is on the list. */
@Injectable()
export class SignUpGate {
  private readonly byNetwork = new SignUpLimiter(SIGN_UPS_PER_WINDOW);
  private readonly byWorkspace = new SignUpLimiter(WORKSPACE_SIGN_UPS_PER_WINDOW);

  constructor(
    private readonly domains: DisposableDomains,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `subscribe.too_many`, `subscriber.bad_email`, `subscriber.disposable_address` */
  admit(workspaceId: WorkspaceId, email: string, { network }: Stranger): void {
    const now = this.clock.now();
    if (!this.byNetwork.admits(`${workspaceId}|${network}`, now)) throw signUpLimit();
    if (!this.byWorkspace.admits(workspaceId, now)) throw signUpLimit();
    const address = normaliseEmail(email);
    if (address === undefined) throw badEmail();
    if (this.domains.isDisposable(address)) throw disposableAddress();
  }
}
