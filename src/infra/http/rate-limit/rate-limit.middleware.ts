import type { NextFunction, Request, Response } from 'express';
import { DomainError } from '../../../kernel/domain-error.js';
import { callerOf } from './caller.js';
import { RateLimiter } from './rate-limiter.js';

/** Requests a minute; 0: no limit. */
export interface RateLimits {
  readonly perMinute: number;
  readonly publicPerMinute: number;
}

const WINDOW_SECONDS = 60;

/** Stands first: what is refused costs neither a query nor a parsed body. Every limited answer tells what is left. */
export const createRateLimit = ({ perMinute, publicPerMinute }: RateLimits) => {
  const limiter = (name: string, limit: number) =>
    limit > 0 ? new RateLimiter({ name, limit, windowSeconds: WINDOW_SECONDS }) : undefined;
  const limiters = {
    key: limiter('key', perMinute),
    address: limiter('address', perMinute),
    public: limiter('public', publicPerMinute),
  };
  return (request: Request, response: Response, next: NextFunction): void => {
    const { path, headers, ip } = request;
    const caller = callerOf({ path, authorization: headers.authorization, address: ip ?? '' });
    const counted = caller && limiters[caller.policy];
    if (!counted) return next();
    const take = counted.take(caller.id, performance.now());
    for (const [name, value] of Object.entries(counted.headersOf(take))) response.setHeader(name, value);
    if (take.isAllowed) return next();
    response.setHeader('Retry-After', String(take.resetSeconds));
    next(tooMany(counted.policy.limit, take.resetSeconds));
  };
};

const tooMany = (limit: number, retryAfterSeconds: number) =>
  new DomainError(
    'rate_limited',
    'request.too_many',
    `More than ${limit} requests in a minute. Wait ${retryAfterSeconds} s, then go on more slowly.`,
    { limit, retryAfterSeconds },
  );
