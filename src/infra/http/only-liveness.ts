import type { NextFunction, Request, Response } from 'express';

const OPEN = new Set(['/healthz', '/readyz', '/metrics']);

/** A worker answers its supervisor and nobody else. */
export const onlyLiveness = (request: Request, response: Response, next: NextFunction): void => {
  if (OPEN.has(request.path)) next();
  else response.status(404).type('text/plain').send('This process publishes; ask one with ROLE=api.');
};
