import { Injectable } from '@nestjs/common';
import { Database } from '../../../infra/database/database.js';
import type { Tx } from '../../../kernel/transaction.js';
import type { PhoneStatus } from '../../domain/lists/phone-consents.port.js';
import { type ProfileChange, Profiles } from '../../domain/lists/profiles.port.js';
import type { Subscriber } from '../../domain/lists/subscriber.js';

const FORGET_PHONE = `
  update subscriber
     set phone = null, phone_hmac = null, phone_status = null, phone_asked_at = null,
         accepts = array(select one from unnest(accepts) one where not starts_with(one, 'sms:')), updated_at = now()
   where workspace_id = $1 and id = $2`;

const SAVE_PHONE = `
  update subscriber s
     set phone = $3, phone_hmac = $4,
         phone_status = case when s.phone = $3 and s.phone_status in ('confirmed', 'stopped') then s.phone_status
                             else $5 end,
         phone_asked_at = case when s.phone = $3 then s.phone_asked_at end,
         accepts = case when $5::text is null then s.accepts
                        else array(select distinct unnest(s.accepts || '{sms:outages,sms:news}'::text[])) end,
         updated_at = now()
   where s.workspace_id = $1 and s.id = $2`;

@Injectable()
export class ProfilesRepository extends Profiles {
  constructor(private readonly database: Database) {
    super();
  }

  async save({ workspaceId, id }: Subscriber, change: ProfileChange, tx: Tx): Promise<void> {
    const { language, zone, tags, attributes } = change;
    await this.database.affected(
      `update subscriber
          set language = case when $3 then $4 else language end, zone = case when $5 then $6 else zone end,
              tags = coalesce($7::text[], tags), attributes = $8, updated_at = now()
        where workspace_id = $1 and id = $2`,
      [
        ...[workspaceId, id, language !== undefined, language ?? null, zone !== undefined, zone ?? null],
        ...[tags ?? null, JSON.stringify(attributes)],
      ],
      tx,
    );
  }

  async savePhone(
    { workspaceId, id }: Pick<Subscriber, 'workspaceId' | 'id'>,
    phone: { readonly number: string; readonly hmac: Buffer; readonly status: PhoneStatus | null } | null,
    tx: Tx,
  ): Promise<void> {
    if (!phone) await this.database.affected(FORGET_PHONE, [workspaceId, id], tx);
    else await this.database.affected(SAVE_PHONE, [workspaceId, id, phone.number, phone.hmac, phone.status], tx);
  }
}
