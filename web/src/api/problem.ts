import type { ProblemDto } from './generated/types.gen.ts';

/** What the server refused, in its own words (RFC 9457), or that it could not be reached. */
export class Problem extends Error {
  /** 0: there was no answer. */
  readonly status: number;
  /** Stable; `network.unreachable` when there was no answer. */
  readonly code: string;
  readonly fields: NonNullable<ProblemDto['errors']>;
  readonly requestId: string | undefined;

  constructor(problem: Pick<ProblemDto, 'code' | 'detail' | 'status'> & Partial<ProblemDto>) {
    super(problem.detail);
    this.name = 'Problem';
    this.status = problem.status;
    this.code = problem.code;
    this.fields = problem.errors ?? [];
    this.requestId = problem.requestId;
  }
}

const isProblem = (body: unknown): body is ProblemDto => typeof body === 'object' && body !== null && 'code' in body;

/** Whatever a call threw, as a problem that a person can read. */
export const toProblem = (error: unknown, response?: Response): Problem => {
  if (error instanceof Problem) return error;
  if (isProblem(error)) return new Problem(error);
  if (response) {
    const detail = `The server answered ${response.status} without saying why. Try again in a moment.`;
    return new Problem({ status: response.status, code: 'answer.unreadable', detail });
  }
  const detail = 'The server cannot be reached. Check the connection; nothing you typed is lost.';
  return new Problem({ status: 0, code: 'network.unreachable', detail });
};

/** The sentence for one field of a form, if the server named it. */
export const fieldProblem = (problem: Problem | null | undefined, field: string): string | undefined =>
  problem?.fields.find((fault) => fault.field === field)?.message;
