import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsISO8601, Matches } from 'class-validator';
import { IfGiven } from '../../../../infra/http/if-given.js';

/** An instant with its offset, which may be left out. */
export const Instant = (description: string): PropertyDecorator => {
  const message = ({ property }: { property: string }) =>
    `${property} must be an instant with its offset, for example 2026-11-21T10:00:00Z`;
  return (target, key) => {
    ApiPropertyOptional({ format: 'date-time', description })(target, key);
    IfGiven()(target, key);
    IsISO8601({ strict: true, strictSeparator: true }, { message })(target, key);
    Matches(/T.*(Z|[+-]\d\d:\d\d)$/, { message })(target, key);
  };
};
