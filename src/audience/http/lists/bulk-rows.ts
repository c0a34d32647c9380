import type { Principal } from '../../../infra/http/principal.js';
import { createValidationPipe } from '../../../infra/http/validation.pipe.js';
import { DomainError, type Violation } from '../../../kernel/domain-error.js';
import type { SignUpVerdict } from '../../application/lists/sign-up-subscribers.js';
import { badEmail } from '../../domain/audience.errors.js';
import type { PhoneNumbers } from '../../domain/lists/phone-numbers.port.js';
import type { SignUp } from '../../domain/lists/sign-up-request.js';
import { CreateSubscriberDto } from './subscriber.dto.js';
import type { BulkResponse, BulkVerdictResponse } from './subscriber.response.dto.js';
import { assertMayDeclare, phoneWishOf } from './sign-up-answer.js';

/** One row of a bulk call: readable, or why not. */
export type BulkRow = { readonly signUp: SignUp } | { readonly errors: readonly Violation[] };

const pipe = createValidationPipe();

/** Checks each row as a single call would. @throws DomainError `key.scope_missing` */
export const readBulkRows = (
  principal: Principal,
  rows: readonly unknown[],
  phones: PhoneNumbers,
): Promise<BulkRow[]> => Promise.all(rows.map((row) => readRow(principal, row, phones)));

const readRow = async (principal: Principal, row: unknown, phones: PhoneNumbers): Promise<BulkRow> => {
  try {
    const dto = (await pipe.transform(row, { type: 'body', metatype: CreateSubscriberDto })) as CreateSubscriberDto;
    assertMayDeclare(principal, dto);
    return { signUp: { ...dto, phone: phoneWishOf(dto, phones) } };
  } catch (error) {
    if (!(error instanceof DomainError) || error.kind === 'forbidden') throw error;
    return { errors: error.violations };
  }
};

/** Puts the verdicts of the readable rows back between the unreadable ones. */
export const bulkAnswer = (rows: readonly BulkRow[], verdicts: readonly SignUpVerdict[]): BulkResponse => {
  const left = [...verdicts];
  const items = rows.map((row, index) =>
    'errors' in row ? { index, verdict: 'invalid' as const, errors: row.errors } : toVerdict(index, left.shift()),
  );
  return { items };
};

const toVerdict = (index: number, verdict: SignUpVerdict | undefined): BulkVerdictResponse => {
  const subscriberId = verdict?.subscriber?.id;
  const id = subscriberId === undefined ? {} : { subscriberId };
  switch (verdict?.decision) {
    case 'admit':
      return { index, verdict: 'confirmed', ...id };
    case 'ask':
    case 'declare':
      return { index, verdict: 'pending', ...id };
    case 'exists':
    case 'suppressed':
    case 'limited':
    case 'duplicate':
      return { index, verdict: verdict.decision };
    case 'bad_email':
    case undefined:
      return { index, verdict: 'invalid', errors: badEmail().violations };
  }
};
