import { Injectable } from '@nestjs/common';
import { Database } from '../../../infra/database/database.js';
import type { WorkspaceId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import { SmsWords } from '../../domain/sms/sms-words.port.js';

@Injectable()
export class SmsWordsRepository extends SmsWords {
  constructor(private readonly database: Database) {
    super();
  }

  async of(workspaceId: WorkspaceId, broadcastId: string, tx?: Tx): Promise<string | null> {
    const row = await this.database.row<{ text: string | null }>(
      'select sms_text as text from broadcast where workspace_id = $1 and id = $2',
      [workspaceId, broadcastId],
      tx,
    );
    return row?.text ?? null;
  }

  async set(workspaceId: WorkspaceId, broadcastId: string, text: string | null, tx: Tx): Promise<boolean> {
    const changed = await this.database.affected(
      `update broadcast set sms_text = $3, version = version + 1
        where workspace_id = $1 and id = $2 and status = 'draft'`,
      [workspaceId, broadcastId, text],
      tx,
    );
    return changed > 0;
  }
}
