import type { IncomingMessage, ServerResponse } from 'node:http';
import { v7 } from 'uuid';

const MAX_CHARS = 64;

/** The request's id, the caller's own or a new one: the same in log and problem document. */
export const requestIdOf = (request: IncomingMessage): string => {
  const { id } = request as IncomingMessage & { id?: string };
  return id ?? String(request.headers['x-request-id'] ?? v7()).slice(0, MAX_CHARS);
};

/** Before anything else, since a body that cannot be parsed is refused before the log's middleware runs. */
export const giveRequestId = (request: IncomingMessage, _: ServerResponse, next: () => void): void => {
  Object.assign(request, { id: requestIdOf(request) });
  next();
};
