import { Injectable } from '@nestjs/common';
import { SecretBox } from '../../../infra/crypto/secret-box.js';
import { Database } from '../../../infra/database/database.js';
import type { Tx } from '../../../kernel/transaction.js';
import type { ResumeToken } from '../../../platforms/domain/publish-outcome.js';
import { AttemptJournal } from '../../domain/firing/firing.port.js';
import type { ArmedRef, AttemptRecord } from '../../domain/targets/target-record.js';
import { ATTEMPT_COLUMNS, type AttemptRow, toAttemptRecord } from '../targets/target.rows.js';

const place = (attemptId: string): string => `attempt|resume_enc|${attemptId}`;

interface ResumeRow {
  readonly id: string;
  readonly resume_enc: Buffer | null;
  readonly resume_key_id: string | null;
}

/** Attempt rows while their calls run. Every write demands that the lease is still ours. */
@Injectable()
export class AttemptJournalRepository extends AttemptJournal {
  constructor(
    private readonly database: Database,
    private readonly secretBox: SecretBox,
  ) {
    super();
  }

  async saveResume(attempt: ArmedRef, resume: ResumeToken): Promise<boolean> {
    const { keyId, sealed } = this.secretBox.seal(JSON.stringify(resume), place(attempt.attemptId));
    const changed = await this.database.affected(
      `update attempt a set handle = $3, resume_enc = $4, resume_key_id = $5
         from target_lease l
        where a.id = $1 and l.target_id = a.target_id and l.fence = $2 and a.fence = $2 and a.state in ('armed', 'intended')`,
      [attempt.attemptId, attempt.fence, resume.handle, sealed, keyId],
    );
    return changed === 1;
  }

  async beginCall(attempt: ArmedRef, timeoutMs: number): Promise<boolean> {
    const changed = await this.database.affected(
      `update attempt a set commit_started_at = clock_timestamp(),
              call_deadline_at = clock_timestamp() + $3 * interval '1 ms'
         from target_lease l
        where a.id = $1 and l.target_id = a.target_id and l.fence = $2 and a.fence = $2 and a.state = 'intended'
          and a.commit_started_at is null`,
      [attempt.attemptId, attempt.fence, timeoutMs],
    );
    return changed === 1;
  }

  async inheritedResume(targetId: string): Promise<ResumeToken | undefined> {
    const row = await this.database.row<ResumeRow & { state: string }>(
      // After an edit the handle would still carry the old words.
      `select id, state, resume_enc, resume_key_id from attempt a
        where target_id = $1 and resume_enc is not null
          and not exists (select 1 from intent i where i.target_id = $1 and i.version > a.version and i.taken_by = 'edit')
        order by no desc limit 1`,
      [targetId],
    );
    return row?.state === 'disproved' ? this.open(row) : undefined;
  }

  async resumeOf(attemptId: string): Promise<ResumeToken | undefined> {
    const row = await this.database.row<ResumeRow>(`select id, resume_enc, resume_key_id from attempt where id = $1`, [
      attemptId,
    ]);
    return row && this.open(row);
  }

  async get(attemptId: string, tx: Tx): Promise<AttemptRecord | undefined> {
    return (await this.getMany([attemptId], tx)).get(attemptId);
  }

  async getMany(attemptIds: readonly string[], tx: Tx): Promise<ReadonlyMap<string, AttemptRecord>> {
    const rows = await this.database.rows<AttemptRow>(
      `select ${ATTEMPT_COLUMNS} from attempt a where a.id = any($1::uuid[]) order by a.id for update`,
      [attemptIds],
      tx,
    );
    return new Map(rows.map((row) => [row.id, toAttemptRecord(row)]));
  }

  async openOf(targetId: string, tx: Tx): Promise<AttemptRecord | undefined> {
    const row = await this.database.row<AttemptRow>(
      `select ${ATTEMPT_COLUMNS} from attempt a
        where a.target_id = $1 and a.purpose = 'publish' and a.state in ('armed', 'intended', 'processing', 'unknown')
        order by a.no desc limit 1`,
      [targetId],
      tx,
    );
    return row && toAttemptRecord(row);
  }

  private open(row: ResumeRow): ResumeToken | undefined {
    if (!row.resume_enc || !row.resume_key_id) return undefined;
    return JSON.parse(
      this.secretBox.open({ keyId: row.resume_key_id, sealed: row.resume_enc }, place(row.id)),
    ) as ResumeToken;
  }
}
