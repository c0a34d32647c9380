import type { NextFunction, Request, Response } from 'express';
import type { MetricsRegistry } from './metrics-registry.js';

const BUCKETS_S = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** Times every answer by the route's pattern, never by the address: ids would make a series each. */
export const measureHttp = (registry: MetricsRegistry) => {
  const durations = registry.histogram('perennial_http_request_duration_seconds', 'Time to answer requests', {
    labels: ['method', 'route', 'status'],
    buckets: BUCKETS_S,
  });
  return (request: Request, response: Response, next: NextFunction): void => {
    const startedMs = performance.now();
    response.once('finish', () => {
      const { path } = (request.route ?? {}) as { readonly path?: unknown };
      const route = typeof path === 'string' ? path : 'none';
      const seconds = (performance.now() - startedMs) / 1_000;
      durations.observe({ method: request.method, route, status: String(response.statusCode) }, seconds);
    });
    next();
  };
};
