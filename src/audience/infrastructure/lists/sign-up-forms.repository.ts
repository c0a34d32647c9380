import { Injectable } from '@nestjs/common';
import { Database, isUniqueViolation } from '../../../infra/database/database.js';
import { notFound } from '../../../kernel/domain-error.js';
import type { WorkspaceId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import { formNameTaken, tooManyForms } from '../../domain/lists/list.errors.js';
import { MAX_FORMS, type SignUpForm, type SignUpFormContent } from '../../domain/lists/sign-up-form.js';
import { SignUpForms } from '../../domain/lists/sign-up-forms.port.js';

const COLUMNS = `id, workspace_id as "workspaceId", name, title, intro, language, consent_text as "consentText",
  sms_consent_text as "smsConsentText", topics, tags, is_active as "isActive", version, created_at as "createdAt",
  updated_at as "updatedAt"`;

const valuesOf = (content: SignUpFormContent): readonly unknown[] => [
  content.name,
  content.title,
  content.intro,
  content.language,
  content.consentText,
  content.smsConsentText,
  content.topics,
  content.tags,
  content.isActive,
];

@Injectable()
export class SignUpFormsRepository extends SignUpForms {
  constructor(private readonly database: Database) {
    super();
  }

  async create(form: SignUpFormContent & Pick<SignUpForm, 'id' | 'workspaceId'>, tx: Tx): Promise<SignUpForm> {
    const row = await this.named(form.name, () =>
      this.database.row<SignUpForm>(
        `insert into sign_up_form (id, workspace_id, name, title, intro, language, consent_text, sms_consent_text,
                                   topics, tags, is_active)
         select $1, $2, $3, $4, $5, $6, $7, $8, $9::text[], $10::text[], $11
          where (select count(*) from sign_up_form where workspace_id = $2) < $12 returning ${COLUMNS}`,
        [form.id, form.workspaceId, ...valuesOf(form), MAX_FORMS],
        tx,
      ),
    );
    if (!row) throw tooManyForms(MAX_FORMS);
    return row;
  }

  get(workspaceId: WorkspaceId, id: string, tx?: Tx): Promise<SignUpForm> {
    return this.one({ workspaceId, id }, '', tx);
  }

  lock(workspaceId: WorkspaceId, id: string, tx: Tx): Promise<SignUpForm> {
    return this.one({ workspaceId, id }, 'for update', tx);
  }

  open(id: string): Promise<SignUpForm | undefined> {
    return this.database.row<SignUpForm>(`select ${COLUMNS} from sign_up_form where id = $1 and is_active`, [id]);
  }

  async save(form: SignUpForm, tx: Tx): Promise<SignUpForm> {
    const row = await this.named(form.name, () =>
      this.database.row<SignUpForm>(
        `update sign_up_form
            set name = $3, title = $4, intro = $5, language = $6, consent_text = $7, sms_consent_text = $8,
                topics = $9, tags = $10, is_active = $11, version = version + 1, updated_at = clock_timestamp()
          where workspace_id = $1 and id = $2 returning ${COLUMNS}`,
        [form.workspaceId, form.id, ...valuesOf(form)],
        tx,
      ),
    );
    if (!row) throw notFound('sign_up_form', form.id);
    return row;
  }

  async delete(workspaceId: WorkspaceId, id: string, tx: Tx): Promise<void> {
    await this.database.affected('delete from sign_up_form where workspace_id = $1 and id = $2', [workspaceId, id], tx);
  }

  list(
    workspaceId: WorkspaceId,
    {
      limit,
      after,
    }: { readonly limit: number; readonly after?: { readonly at: string; readonly id: string } | undefined },
  ): Promise<(SignUpForm & { at: string })[]> {
    return this.database.rows(
      `select ${COLUMNS}, created_at::text as at from sign_up_form
        where workspace_id = $1 and ($2::timestamptz is null or (created_at, id) < ($2, $3::uuid))
        order by created_at desc, id desc limit $4`,
      [workspaceId, after?.at ?? null, after?.id ?? null, limit],
    );
  }

  private async named<T>(name: string, write: () => Promise<T>): Promise<T> {
    try {
      return await write();
    } catch (error) {
      throw isUniqueViolation(error, 'sign_up_form_name') ? formNameTaken(name) : error;
    }
  }

  private async one(
    { workspaceId, id }: { readonly workspaceId: WorkspaceId; readonly id: string },
    lock: string,
    tx?: Tx,
  ): Promise<SignUpForm> {
    const row = await this.database.row<SignUpForm>(
      `select ${COLUMNS} from sign_up_form where workspace_id = $1 and id = $2 ${lock}`,
      [workspaceId, id],
      tx,
    );
    if (!row) throw notFound('sign_up_form', id);
    return row;
  }
}
