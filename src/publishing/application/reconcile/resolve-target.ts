import { Injectable } from '@nestjs/common';
import { AccountDirectory } from '../../../accounts/index.js';
import { notFound } from '../../../kernel/domain-error.js';
import type { Tx } from '../../../kernel/transaction.js';
import type { PostLink } from '../../../platforms/domain/post-link.js';
import { PlatformRegistry } from '../../../platforms/index.js';
import { AttemptJournal } from '../../domain/firing/firing.port.js';
import { PersonsWords } from '../../domain/reconcile/persons-word.port.js';
import {
  assertCallIsOver,
  notItsLink,
  settleAbsentByPerson,
  settleFoundByPerson,
} from '../../domain/reconcile/resolve.policy.js';
import { notPossible, postOwned } from '../../domain/targets/publishing.errors.js';
import type { AttemptRecord, TargetRecord } from '../../domain/targets/target-record.js';
import { WriteWord } from './write-word.js';

/** What a person saw. */
export interface PersonsAnswer {
  readonly workspaceId: string;
  readonly targetId: string;
  readonly actor: string;
  /** The link to the post they found; left out: it is not there. */
  readonly found?: string;
}

/** Ends a doubt by a person's word: it is there, or it is not. */
@Injectable()
export class ResolveTarget {
  constructor(
    private readonly words: PersonsWords,
    private readonly journal: AttemptJournal,
    private readonly platforms: PlatformRegistry,
    private readonly accounts: AccountDirectory,
    private readonly write: WriteWord,
  ) {}

  /**
   * @throws DomainError `target.not_found`, `target.not_possible`, `target.not_its_link`, `target.post_owned`,
   *   `target.too_early`
   */
  async execute({ workspaceId, targetId, actor, found }: PersonsAnswer, tx: Tx): Promise<void> {
    const target = await this.write.lock(targetId, tx);
    if (target?.workspaceId !== workspaceId) throw notFound('target', targetId);
    if (target.status !== 'needs_decision' && target.status !== 'unconfirmed')
      throw notPossible(targetId, target.status, 'resolved');
    const attemptId = await this.words.attemptInQuestion(targetId, tx);
    const attempt = attemptId === undefined ? undefined : await this.journal.get(attemptId, tx);
    if (found === undefined) return this.absent(target, attempt, actor, tx);
    const link = await this.linkOf(target, found, tx);
    const step = settleFoundByPerson(link, attempt, this.write.context());
    await this.write.execute({ target, attempt, step, actor, handOffEnds: 'confirm' }, tx);
  }

  private async linkOf(target: TargetRecord, url: string, tx: Tx): Promise<PostLink> {
    const { id, workspaceId, accountId, platform } = target;
    const [account] = await this.accounts.find(workspaceId, [accountId], tx);
    const link = this.platforms.get(platform).postLinkOf(url, account?.externalId ?? '');
    if (!link) throw notItsLink(id, platform);
    if (await this.words.ownerOf(accountId, link, id, tx)) throw postOwned();
    return link;
  }

  private async absent(target: TargetRecord, attempt: AttemptRecord | undefined, actor: string, tx: Tx): Promise<void> {
    const context = this.write.context();
    assertCallIsOver(target.id, attempt, context.now);
    if (attempt) await this.words.recordOverride(attempt.id, { by: actor, at: context.now, said: 'absent' }, tx);
    const step = settleAbsentByPerson(target, attempt, context);
    await this.write.execute({ target, attempt, step, actor, handOffEnds: 'skip' }, tx);
  }
}
