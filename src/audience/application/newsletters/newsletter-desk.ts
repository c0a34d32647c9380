import { Injectable } from '@nestjs/common';
import type { WorkspaceId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import { AuditLog } from '../../../workspaces/index.js';
import {
  type Newsletter,
  newsletterAway,
  type NewsletterInput,
  newsletterRefused,
  noNewsletter,
  tokenMissing,
} from '../../domain/newsletters/newsletter.js';
import { type NewsletterList, NewsletterProgram } from '../../domain/newsletters/newsletter-program.port.js';
import { Newsletters } from '../../domain/newsletters/newsletters.port.js';

/** Who changes it, having seen which version. */
export interface NewsletterRef {
  readonly workspaceId: WorkspaceId;
  readonly actor: string;
  /** Refuses a stale copy; 0 is the version before the first. */
  readonly assertFresh: (actual: number) => void;
}

/** Connects a workspace's own listmonk. */
@Injectable()
export class NewsletterDesk {
  constructor(
    private readonly newsletters: Newsletters,
    private readonly program: NewsletterProgram,
    private readonly audit: AuditLog,
  ) {}

  /** A token belongs to its address: who moves the address gives it anew, so that it is never sent to a stranger. */
  async replace(
    { workspaceId, actor, assertFresh }: NewsletterRef,
    input: NewsletterInput,
    tx: Tx,
  ): Promise<Newsletter> {
    const known = await this.newsletters.lock(workspaceId, tx);
    assertFresh(known?.version ?? 0);
    if (input.token === undefined && known?.url !== input.url) throw tokenMissing();
    const saved = await this.newsletters.save(workspaceId, input, tx);
    const detail = { url: input.url, username: input.username, listIds: input.listIds };
    await this.audit.append({ workspaceId, actor, action: 'newsletter.changed', subjectId: workspaceId, detail }, tx);
    return saved;
  }

  /** @throws DomainError `newsletter.not_found` */
  async remove({ workspaceId, actor }: Omit<NewsletterRef, 'assertFresh'>, tx: Tx): Promise<void> {
    if (!(await this.newsletters.remove(workspaceId, tx))) throw noNewsletter();
    await this.audit.append({ workspaceId, actor, action: 'newsletter.removed', subjectId: workspaceId }, tx);
  }

  /** What lists there are. @throws DomainError `newsletter.not_found`, `newsletter.refused`, `newsletter.unreachable` */
  async lists(workspaceId: WorkspaceId): Promise<readonly NewsletterList[]> {
    const at = await this.newsletters.open(workspaceId);
    if (!at) throw noNewsletter();
    const answer = await this.program.lists(at);
    if (answer.kind === 'done') return answer.value;
    throw answer.kind === 'refused' ? newsletterRefused(answer.reply) : newsletterAway(answer.detail);
  }
}
