import type { NextFunction, Request, Response } from 'express';
import { DomainError } from '../../kernel/domain-error.js';

/** PostgreSQL keeps no NUL in text and no half of a surrogate pair in JSON: refused here, no room has to think of it. */
const isStorable = (text: string): boolean => text.isWellFormed() && !text.includes('\u0000');

/** A reviver of JSON bodies: names and values. */
export const refuseUnstorable = (name: string, value: unknown): unknown => {
  if (isStorable(name) && (typeof value !== 'string' || isStorable(value))) return value;
  throw new SyntaxError('NUL characters and halves of characters are not allowed.');
};

/** The same for paths and queries, where percent signs can spell a NUL but no half of a character. */
export const refuseNulInAddress = (request: Request, _: Response, next: NextFunction): void => {
  if (!request.url.includes('%00')) return next();
  next(new DomainError('invalid', 'request.invalid', 'The address holds a NUL character (%00). Remove it.'));
};
