import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Logger } from '@nestjs/common';
import type { Request, Response } from 'express';
import { DomainError, type RefusalKind, type Violation } from '../../kernel/domain-error.js';
import { PROBLEMS_PATH } from './problems.controller.js';

const STATUS_OF: Readonly<Record<RefusalKind, number>> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  gone: 410,
  stale: 412,
  too_large: 413,
  unsupported_media: 415,
  unprocessable: 422,
  rate_limited: 429,
  unavailable: 503,
};

/** The HTTP status of a refusal, for pages that say it in their own way. */
export const statusOf = ({ kind }: DomainError): number => STATUS_OF[kind];

/** RFC 9457 problem document. `code` is stable; `errors` names every faulty place. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly requestId: string;
  readonly errors?: readonly Violation[];
  readonly [extension: string]: unknown;
}

/** The one place where refusals and bugs become HTTP. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('Http');

  catch(error: unknown, host: ArgumentsHost): void {
    const response = host.switchToHttp().getResponse<Response>();
    const request = host.switchToHttp().getRequest<Request & { id?: string }>();
    if (response.headersSent) {
      response.destroy();
      return;
    }
    const problem = this.toProblem(error, request.id ?? '');
    if (problem.status === 401) response.setHeader('WWW-Authenticate', 'Bearer');
    response.status(problem.status).type('application/problem+json').send(JSON.stringify(problem));
  }

  private toProblem(error: unknown, requestId: string): Problem {
    if (error instanceof DomainError) {
      const { kind, code, message, context, violations } = error;
      return {
        ...context,
        ...document(STATUS_OF[kind], code, message, requestId),
        ...(violations.length ? { errors: violations } : {}),
      };
    }
    const known = fromFramework(error);
    if (known) return document(known.status, known.code, known.detail, requestId);
    this.logger.error({ err: error, requestId }, 'Unexpected fault');
    const detail = 'Something failed on our side; nothing was stored. Try again, and quote the requestId if it stays.';
    return document(500, 'internal', detail, requestId);
  }
}

const TITLES: Readonly<Record<number, string>> = {
  400: 'Bad request',
  401: 'Not authenticated',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Method not allowed',
  409: 'Conflict',
  410: 'Gone',
  412: 'Precondition failed',
  413: 'Too large',
  415: 'Unsupported media type',
  422: 'Unprocessable',
  429: 'Too many requests',
  503: 'Unavailable',
};

const document = (status: number, code: string, detail: string, requestId: string): Problem => ({
  type: `${PROBLEMS_PATH}#${code}`,
  title: TITLES[status] ?? 'Internal error',
  status,
  code,
  detail,
  requestId,
});

/** Faults that Express and Nest find before our code runs; our own code never throws these. */
const FRAMEWORK_FAULTS: Readonly<Record<number, readonly [code: string, detail: string]>> = {
  400: [
    'body.malformed',
    'The request is not well formed: the body must be valid JSON text, without NUL characters and halves of characters.',
  ],
  404: ['route.not_found', 'There is no such route. The list is at /docs.'],
  413: ['body.too_large', 'The body is larger than this route accepts. Send less at once.'],
  415: ['body.unsupported', 'The body has a charset or encoding we do not read. Send UTF-8, plain or gzip.'],
};

const fromFramework = (error: unknown): { status: number; code: string; detail: string } | undefined => {
  const status = error instanceof HttpException ? error.getStatus() : (error as { status?: unknown }).status;
  if (typeof status !== 'number' || status < 400 || status > 599) return undefined;
  const [code, detail] = FRAMEWORK_FAULTS[status] ?? [`http.${status}`, (error as Error).message];
  return { status, code, detail };
};
