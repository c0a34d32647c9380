import { DomainError, type RefusalKind, type Violation } from '../../kernel/domain-error.js';

/** One reason why a post cannot be planned as asked: where it is, and the code it is refused with. */
export interface Finding {
  readonly kind: RefusalKind;
  readonly code: string;
  readonly violation: Violation;
  readonly context?: Readonly<Record<string, unknown>>;
}

/** Something the user may want to know; refuses nothing. */
export interface Warning {
  readonly field: string;
  readonly code: string;
  readonly message: string;
}

/** A finding whose rule is its code; `kind` is `invalid` unless said otherwise. */
export const finding = (
  code: string,
  field: string,
  message: string,
  rest: Partial<Pick<Finding, 'kind' | 'context'>> & Partial<Pick<Violation, 'limit' | 'actual'>> = {},
): Finding => {
  const { kind = 'invalid', context, ...numbers } = rest;
  return { kind, code, violation: { field, rule: code, message, ...numbers }, ...(context ? { context } : {}) };
};

/** Broken limits of content as findings. */
export const contentFindings = (violations: readonly Violation[]): Finding[] =>
  violations.map((violation) => ({ kind: 'invalid', code: 'content.invalid', violation }));

/** @throws DomainError with the first finding's code and every finding's place; nothing when there are none */
export const assertNoFindings = (findings: readonly Finding[]): void => {
  const [first] = findings;
  if (!first) return;
  const violations = findings.map(({ violation }) => violation);
  throw new DomainError(first.kind, first.code, first.violation.message, first.context, violations);
};
