import { Injectable } from '@nestjs/common';
import { newId, type WorkspaceId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import { AuditLog } from '../../../workspaces/index.js';
import type { SignUpForm, SignUpFormContent } from '../../domain/lists/sign-up-form.js';
import { SignUpForms } from '../../domain/lists/sign-up-forms.port.js';

interface Caller {
  readonly workspaceId: WorkspaceId;
  readonly actor: string;
}

/** Sign-up pages: made, changed, taken away. */
@Injectable()
export class EditSignUpForms {
  constructor(
    private readonly forms: SignUpForms,
    private readonly audit: AuditLog,
  ) {}

  /** @throws DomainError `sign_up_form.name_taken`, `sign_up_form.too_many` */
  async create(caller: Caller, content: SignUpFormContent, tx: Tx): Promise<SignUpForm> {
    const form = await this.forms.create({ ...content, id: newId(), workspaceId: caller.workspaceId }, tx);
    await this.note(caller, 'sign_up_form.created', form.id, tx);
    return form;
  }

  /**
   * @param assertCurrent throws when the caller's copy is old
   * @throws DomainError `sign_up_form.not_found`, `sign_up_form.name_taken`
   */
  async change(
    caller: Caller & { readonly id: string },
    change: Partial<SignUpFormContent>,
    assertCurrent: (form: SignUpForm) => void,
    tx: Tx,
  ): Promise<SignUpForm> {
    const form = await this.forms.lock(caller.workspaceId, caller.id, tx);
    assertCurrent(form);
    const saved = await this.forms.save({ ...form, ...change }, tx);
    await this.note(caller, 'sign_up_form.changed', form.id, tx);
    return saved;
  }

  /** @throws DomainError `sign_up_form.not_found` */
  async delete(caller: Caller & { readonly id: string }, tx: Tx): Promise<void> {
    await this.forms.lock(caller.workspaceId, caller.id, tx);
    await this.forms.delete(caller.workspaceId, caller.id, tx);
    await this.note(caller, 'sign_up_form.deleted', caller.id, tx);
  }

  private note({ workspaceId, actor }: Caller, action: string, subjectId: string, tx: Tx): Promise<void> {
    return this.audit.append({ workspaceId, actor, action, subjectId }, tx);
  }
}
