import type { WorkspaceId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import type { SignUpForm, SignUpFormContent } from './sign-up-form.js';

/** Sign-up pages. */
export abstract class SignUpForms {
  /** @throws DomainError `sign_up_form.name_taken`, `sign_up_form.too_many` */
  abstract create(form: SignUpFormContent & Pick<SignUpForm, 'id' | 'workspaceId'>, tx: Tx): Promise<SignUpForm>;
  /** @throws DomainError `sign_up_form.not_found` */
  abstract get(workspaceId: WorkspaceId, id: string, tx?: Tx): Promise<SignUpForm>;
  abstract lock(workspaceId: WorkspaceId, id: string, tx: Tx): Promise<SignUpForm>;
  /** The form that a stranger sees, if it is switched on. */
  abstract open(id: string): Promise<SignUpForm | undefined>;
  /** @throws DomainError `sign_up_form.name_taken` */
  abstract save(form: SignUpForm, tx: Tx): Promise<SignUpForm>;
  abstract delete(workspaceId: WorkspaceId, id: string, tx: Tx): Promise<void>;
  abstract list(
    workspaceId: WorkspaceId,
    place: { readonly limit: number; readonly after?: { readonly at: string; readonly id: string } | undefined },
  ): Promise<readonly (SignUpForm & { readonly at: string })[]>;
}
