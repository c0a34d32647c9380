import type { NextFunction, Request, Response } from 'express';
import { DomainError } from '../../kernel/domain-error.js';

/** Uploads answer for themselves; sign-up may come from a plain HTML form; SNS calls its JSON plain text. */
const OTHER_BODIES = ['/v1/media', '/v1/uploads', '/v1/posts/import', '/v1/public/', '/v1/hooks/mail/'];

/** Files of people: sent to an import that was announced as JSON. */
const FILE_OF_PEOPLE = /^\/v1\/subscriber-imports\/[^/]+\/file$/;

const takesOtherBodies = (path: string): boolean =>
  OTHER_BODIES.some((start) => path.startsWith(start)) || FILE_OF_PEOPLE.test(path);

/** Refuses what curl sends when the header is forgotten, which would be read as a form with one odd field. */
export const onlyJson = (request: Request, _: Response, next: NextFunction): void => {
  const isApi = request.path.startsWith('/v1/') && !takesOtherBodies(request.path);
  // `is` answers null without a body.
  if (!isApi || request.is('json') !== false || request.get('content-length') === '0') return next();
  next(
    new DomainError(
      'unsupported_media',
      'body.not_json',
      'Send the body as JSON with "Content-Type: application/json".',
    ),
  );
};
