import type { NextFunction, Response } from 'express';
import { DomainError } from '../../../kernel/domain-error.js';
import type { AuthenticatedRequest } from '../principal.js';
import { type Caller, callerOf, networkOf } from './caller.js';
import { ProvedKeys } from './proved-keys.js';
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
  const proved = new ProvedKeys();

  /** Invented keys would each bring a full bucket: until one has proved good it also takes from its address. */
  const bucketsOf = (caller: NonNullable<Caller>, network: string) =>
    caller.policy === 'key' && !proved.has(caller.id)
      ? [
          { of: limiters.address, id: network },
          { of: limiters.key, id: caller.id },
        ]
      : [{ of: limiters[caller.policy], id: caller.id }];

  return (request: AuthenticatedRequest, response: Response, next: NextFunction): void => {
    const { path, headers, ip: address = '' } = request;
    const caller = callerOf({ path, authorization: headers.authorization, address });
    if (!caller) return next();
    for (const { of: limiter, id } of bucketsOf(caller, networkOf(address))) {
      const take = limiter?.take(id, performance.now());
      if (!limiter || !take) continue;
      for (const [name, value] of Object.entries(limiter.headersOf(take))) response.setHeader(name, value);
      if (take.isAllowed) continue;
      response.setHeader('Retry-After', String(take.resetSeconds));
      return next(tooMany(limiter.policy.limit, take.resetSeconds));
    }
    if (caller.policy === 'key') response.once('close', () => request.principal && proved.add(caller.id));
    next();
  };
};

const tooMany = (limit: number, retryAfterSeconds: number) =>
  new DomainError(
    'rate_limited',
    'request.too_many',
    `More than ${limit} requests in a minute. Wait ${retryAfterSeconds} s, then go on more slowly.`,
    { limit, retryAfterSeconds },
  );
