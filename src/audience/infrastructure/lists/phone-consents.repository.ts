import { Injectable } from '@nestjs/common';
import { Database } from '../../../infra/database/database.js';
import type { WorkspaceId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import {
  PhoneConsents,
  type PhoneHolder,
  type PhoneStatus,
  type UnaskedPhone,
} from '../../domain/lists/phone-consents.port.js';

const TAKE_UNASKED = `
  with due as (
    select s.id from subscriber s
     where s.workspace_id = any ($1::uuid[]) and s.phone_status = 'pending' and s.phone_asked_at is null and s.status <> 'erased'
       and not exists (select 1 from suppression x where x.workspace_id = s.workspace_id and x.channel = 'sms'
                          and x.address_hmac = s.phone_hmac)
     order by s.updated_at limit $2 for update skip locked
  )
  update subscriber s set phone_asked_at = clock_timestamp() from due where s.id = due.id
  returning s.workspace_id as "workspaceId", s.id as "subscriberId", s.phone, s.language`;

@Injectable()
export class PhoneConsentsRepository extends PhoneConsents {
  constructor(private readonly database: Database) {
    super();
  }

  takeUnasked(workspaceIds: readonly WorkspaceId[], limit: number, tx: Tx): Promise<UnaskedPhone[]> {
    return this.database.rows<UnaskedPhone>(TAKE_UNASKED, [workspaceIds, limit], tx);
  }

  lockHolders(workspaceId: WorkspaceId, phoneHmac: Buffer, tx: Tx): Promise<PhoneHolder[]> {
    return this.database.rows<PhoneHolder>(
      `select workspace_id as "workspaceId", id as "subscriberId", phone_status as status from subscriber
        where workspace_id = $1 and phone_hmac = $2 order by id for update`,
      [workspaceId, phoneHmac],
      tx,
    );
  }

  async setStatus(
    workspaceId: WorkspaceId,
    subscriberIds: readonly string[],
    status: PhoneStatus,
    tx: Tx,
  ): Promise<void> {
    await this.database.affected(
      `update subscriber set phone_status = $3, updated_at = clock_timestamp()
        where workspace_id = $1 and id = any ($2::uuid[])`,
      [workspaceId, subscriberIds, status],
      tx,
    );
  }
}
