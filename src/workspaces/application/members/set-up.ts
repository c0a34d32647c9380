import { Injectable } from '@nestjs/common';
import { normaliseEmail } from '../../../kernel/email-address.js';
import { type Tx, UnitOfWork } from '../../../kernel/transaction.js';
import { badEmail, linkDead, setupDone, setupLinkFault } from '../../domain/members/access.errors.js';
import { type AccessLink, AccessLinks } from '../../domain/members/access-links.port.js';
import { hashOfToken } from '../../domain/members/link-token.js';
import { Members } from '../../domain/members/members.port.js';
import { PasswordHasher } from '../../domain/members/password-hasher.port.js';
import { SetupSeat } from '../../domain/members/setup-seat.port.js';
import { assertPassword } from './assert-password.js';
import type { BegunSession } from './begin-session.js';
import { type ClaimedSetup, SettleSetup } from './settle-setup.js';

/** What the first owner answers to the set-up link. */
export interface SetupWish extends Omit<ClaimedSetup, 'link' | 'owner'> {
  readonly token: string;
  readonly email: string;
  readonly name: string;
  readonly password: string;
}

/** Lets the first owner into a new installation, once. */
@Injectable()
export class SetUp {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly links: AccessLinks,
    private readonly members: Members,
    private readonly hasher: PasswordHasher,
    private readonly settle: SettleSetup,
    private readonly seat: SetupSeat,
  ) {}

  async isNeeded(): Promise<boolean> {
    return !(await this.members.isAnybody());
  }

  /**
   * @throws DomainError `setup.done`, `setup.link_used`, `setup.link_expired`, `setup.link_replaced`, `link.dead`,
   *   `email.invalid`, `password.*`
   */
  async execute(wish: SetupWish): Promise<BegunSession> {
    const link = await this.find(wish.token);
    const email = normaliseEmail(wish.email);
    if (email === undefined) throw badEmail();
    assertPassword(wish.password, email);
    const passwordHash = await this.hasher.hash(wish.password);
    const { name, workspace, place, replaces } = wish;
    const begun = await this.unitOfWork.run(async (tx) => {
      await this.claim(link, tx);
      return this.settle.execute({ link, owner: { email, name, passwordHash }, workspace, place, replaces }, tx);
    });
    await this.seat.leave();
    return begun;
  }

  private async find(token: string): Promise<AccessLink> {
    const hash = hashOfToken(token);
    const link = hash && (await this.links.byToken('setup', hash));
    if (!link) throw linkDead();
    // Whoever holds a real link is told what became of it.
    if (link.state !== 'open') throw setupLinkFault(link.state);
    return link;
  }

  /** A second click waits for the first one's end. */
  private async claim({ id, workspaceId }: AccessLink, tx: Tx): Promise<void> {
    await this.members.lockWorkspace(workspaceId, tx);
    if (!(await this.links.claim(id, tx))) throw setupLinkFault('used');
    if (await this.members.isAnybody(tx)) throw setupDone();
  }
}
