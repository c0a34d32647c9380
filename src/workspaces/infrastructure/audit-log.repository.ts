import { Injectable } from '@nestjs/common';
import { Database } from '../../infra/database/database.js';
import type { Tx } from '../../kernel/transaction.js';
import { type AuditEntry, AuditLog } from '../domain/audit-log.port.js';

@Injectable()
export class AuditLogRepository extends AuditLog {
  constructor(private readonly database: Database) {
    super();
  }

  async append({ workspaceId, actor, action, subjectId, detail = {} }: AuditEntry, tx: Tx): Promise<void> {
    await this.database.affected(
      `insert into audit_entry (workspace_id, actor, action, subject_id, detail) values ($1, $2, $3, $4, $5)`,
      [workspaceId, actor, action, subjectId, JSON.stringify(detail)],
      tx,
    );
  }
}
