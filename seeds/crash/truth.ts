import type { Call } from '../demo/clients.ts';
import type { TruthCall, TruthMail, TruthPost } from './checker/rows.ts';

interface SandboxPost {
  readonly platform: string;
  readonly accountExternalId: string;
  readonly platformPostId: string | null;
  readonly handle: string;
  readonly caption: string;
  readonly title?: string;
  readonly createdAt: string;
  readonly liveAt: string | null;
}

interface SandboxCall {
  readonly seq: number;
  readonly at: string;
  readonly platform: string;
  readonly step?: string;
  readonly accountExternalId?: string;
}

/** What is really there, by the platforms' own books. */
export const readPosts = async (sandbox: Call): Promise<readonly TruthPost[]> =>
  (await sandbox<SandboxPost[]>('GET', 'posts')).map((post) => ({
    platform: post.platform,
    accountExternalId: post.accountExternalId,
    platformPostId: post.platformPostId,
    handle: post.handle,
    caption: post.caption || (post.title ?? ''),
    createdAt: Date.parse(post.createdAt),
    liveAt: post.liveAt === null ? null : Date.parse(post.liveAt),
  }));

export const readMails = async (sandbox: Call): Promise<readonly TruthMail[]> =>
  (await sandbox<{ to: string[]; subject: string; receivedAt: string }[]>('GET', 'mails')).flatMap((mail) =>
    mail.to.map((to) => ({ to, subject: mail.subject, at: Date.parse(mail.receivedAt) })),
  );

/** Every request that reached a platform; followed, because the sandbox forgets old ones. */
export class CallLog {
  readonly calls: TruthCall[] = [];
  private readonly sandbox: Call;
  private seen = 0;

  constructor(sandbox: Call) {
    this.sandbox = sandbox;
  }

  async follow(): Promise<void> {
    const fresh = await this.sandbox<SandboxCall[]>('GET', `events?event=call&after=${this.seen}`);
    for (const { seq, at, platform, step, accountExternalId } of fresh) {
      this.seen = seq;
      this.calls.push({ platform, step: step ?? '', accountExternalId: accountExternalId ?? null, at: Date.parse(at) });
    }
  }
}
