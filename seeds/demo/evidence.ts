import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type pg from 'pg';
import type { Call } from './clients.ts';
import type { RecipientRow, TargetRow, TruthRow } from './count.ts';
import { PLATFORMS } from './workspace.ts';

/** Everything the demo is judged by, raw. */
export interface Evidence {
  readonly truth: Readonly<Record<string, readonly TruthRow[]>>;
  readonly targets: readonly TargetRow[];
  readonly recipients: readonly RecipientRow[];
}

const TARGETS = `
  select t.id, t.root_id as "rootId", t.occurrence_id as "occurrenceId", t.account_id as "accountId", t.role, t.status,
         t.platform, i.external_id as "accountExternalId", t.platform_post_id as "platformPostId",
         t.platform_handle as "platformHandle", t.permalink, t.late, t.next_check_at as "nextCheckAt", t.scheduled_at as "scheduledAt",
         t.published_at as "publishedAt", t.content->>'caption' as caption, t.error_detail as "errorDetail"
    from target t join account a on a.id = t.account_id join platform_identity i on i.id = a.identity_id
   order by t.scheduled_at, t.id`;

const RECIPIENTS = `
  select s.email, r.state, r.message_id as "messageId", b.kind
    from broadcast_recipient r join subscriber s on s.id = r.subscriber_id join broadcast b on b.id = r.broadcast_id
   where b.kind = 'blackout' order by s.email`;

interface Mail {
  readonly messageId: string | null;
}

/** Reads the sandbox's truth, our tables and the mail server's take. */
export const gatherEvidence = async (sandbox: Call, db: pg.Client): Promise<Evidence> => {
  const feeds = await Promise.all(
    PLATFORMS.map(async (name) => [name, await sandbox<TruthRow[]>('GET', `posts?platform=${name}`)] as const),
  );
  const mails = await sandbox<Mail[]>('GET', 'mails');
  const bare = (id: string | null) => (id ?? '').replace(/[<>]/g, '');
  const delivered = Map.groupBy(mails, (mail) => bare(mail.messageId));
  const { rows: targets } = await db.query<TargetRow>(TARGETS);
  const { rows: recipients } = await db.query<Omit<RecipientRow, 'delivered'>>(RECIPIENTS);
  return {
    truth: Object.fromEntries(feeds),
    targets,
    recipients: recipients.map((row) => ({ ...row, delivered: delivered.get(bare(row.messageId))?.length ?? 0 })),
  };
};

/** Writes each feed as a JSON array, so that anyone can count again. */
export const writeEvidence = async (dir: string, evidence: Evidence): Promise<void> => {
  await mkdir(dir, { recursive: true });
  const write = (name: string, rows: readonly unknown[]) =>
    writeFile(join(dir, `${name}.json`), `${JSON.stringify(rows, null, 1)}\n`);
  for (const [platform, rows] of Object.entries(evidence.truth)) await write(`truth-${platform}`, rows);
  await write('targets', evidence.targets);
  await write('recipients', evidence.recipients);
};
