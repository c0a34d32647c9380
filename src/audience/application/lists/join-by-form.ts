import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../../kernel/transaction.js';
import { badPhone, phoneConsentMissing, unknownForm } from '../../domain/lists/list.errors.js';
import { PhoneNumbers } from '../../domain/lists/phone-numbers.port.js';
import { type SignUpForm, sourceOfForm, textVersionOf } from '../../domain/lists/sign-up-form.js';
import { SignUpForms } from '../../domain/lists/sign-up-forms.port.js';
import type { SignUp } from '../../domain/lists/sign-up-request.js';
import { SignUpSubscribers } from './sign-up-subscribers.js';
import { SignUpGate, type Stranger } from './sign-up-gate.js';

/** What a visitor of a sign-up page sent. */
export interface JoinRequest {
  readonly email: string;
  readonly phone?: string | undefined;
  /** The phone's own box was ticked. */
  readonly agreesToSms: boolean;
  /** A field was filled in that people do not see. */
  readonly isTrapped: boolean;
}

/**
 * A sign-up by a workspace's own page: the words agreed to are the form's, as they stand. It can only ever lead to a
 * confirm mail, and answers the same for addresses that are on the list, left it or are new.
 */
@Injectable()
export class JoinByForm {
  constructor(
    private readonly forms: SignUpForms,
    private readonly gate: SignUpGate,
    private readonly phones: PhoneNumbers,
    private readonly signUp: SignUpSubscribers,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** @throws DomainError `sign_up_form.not_found` */
  async form(id: string): Promise<SignUpForm> {
    const form = await this.forms.open(id);
    if (!form) throw unknownForm();
    return form;
  }

  /**
   * @throws DomainError `sign_up_form.not_found`, `subscriber.bad_phone`, `consent.phone_missing`, those of
   *   `SignUpGate.admit`
   */
  async execute(formId: string, request: JoinRequest, stranger: Stranger): Promise<void> {
    const form = await this.form(formId);
    // As if it had worked: a program that learns of the trap walks round it.
    if (request.isTrapped) return;
    this.gate.admit(form.workspaceId, request.email, stranger);
    const asked = this.asked(form, request);
    await this.unitOfWork.runPatiently((tx) => this.signUp.execute(form.workspaceId, [asked], stranger.visitor, tx));
  }

  private asked(form: SignUpForm, { email, phone, agreesToSms }: JoinRequest): SignUp {
    const words = { textVersion: textVersionOf(form), source: sourceOfForm(form), language: form.language };
    const number = form.smsConsentText === null ? undefined : phone;
    return {
      ...{ email, language: form.language, tags: form.tags, topics: form.topics },
      consent: { ...words, text: form.consentText },
      ...(number === undefined
        ? {}
        : {
            phone: {
              number: this.e164(number, agreesToSms),
              consent: { ...words, text: form.smsConsentText ?? '' },
              isConfirmed: false,
            },
          }),
    };
  }

  private e164(given: string, agreesToSms: boolean): string {
    const number = this.phones.parse(given);
    if (number === undefined) throw badPhone();
    if (!agreesToSms) throw phoneConsentMissing();
    return number;
  }
}
