import type { NextFunction, Request, Response } from 'express';
import { DomainError } from '../../kernel/domain-error.js';

/** PostgreSQL keeps no NUL in text; refused here, it needs no check anywhere else. */
export const refuseNulInBody = (_key: string, value: unknown): unknown => {
  if (typeof value === 'string' && value.includes('\u0000')) throw new SyntaxError('NUL characters are not allowed.');
  return value;
};

/** The same for paths and queries. */
export const refuseNulInAddress = (request: Request, _: Response, next: NextFunction): void => {
  if (!request.url.includes('%00')) return next();
  next(new DomainError('invalid', 'request.invalid', 'The address holds a NUL character (%00). Remove it.'));
};
