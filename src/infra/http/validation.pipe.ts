import { ValidationPipe } from '@nestjs/common';
import type { ValidationError } from 'class-validator';
import { DomainError, type Violation } from '../../kernel/domain-error.js';

const UNKNOWN_FIELD = 'whitelistValidation';

const violationsOf = (errors: readonly ValidationError[], path = ''): Violation[] =>
  errors.flatMap((error) => {
    const field = path ? `${path}.${error.property}` : error.property;
    const own = Object.entries(error.constraints ?? {}).map(([rule, message]) => ({
      field,
      rule: rule === UNKNOWN_FIELD ? 'unknownField' : rule,
      message:
        rule === UNKNOWN_FIELD ? `${field} is not a field of this request. Remove it or check its spelling.` : message,
    }));
    return [...own, ...violationsOf(error.children ?? [], field)];
  });

/** Only declared fields pass; every fault of a request is named at once. */
export const createValidationPipe = (): ValidationPipe =>
  new ValidationPipe({
    whitelist: true,
    forbidNonWhitelisted: true,
    transform: true,
    stopAtFirstError: true,
    exceptionFactory: (errors) => {
      const violations = violationsOf(errors);
      const unknownOnly = violations.every((violation) => violation.rule === 'unknownField');
      return new DomainError(
        'invalid',
        unknownOnly ? 'request.unknown_field' : 'request.invalid',
        violations[0]?.message ?? 'The request is not valid. See errors.',
        {},
        violations,
      );
    },
  });
