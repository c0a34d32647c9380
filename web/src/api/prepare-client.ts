import { newCallId } from './call-id.ts';
import type { Client } from './generated/client/index.ts';
import { type Problem, toProblem } from './problem.ts';

/**
 * Every POST may be sent again safely; every refusal is a {@link Problem}.
 *
 * @param refused hears of each refusal before the caller does
 */
export const prepareClient = (
  client: Client,
  refused: (problem: Problem, request: Request | undefined) => void = () => undefined,
): void => {
  client.interceptors.request.use((request) => {
    if (request.method === 'POST' && !request.headers.has('Idempotency-Key'))
      request.headers.set('Idempotency-Key', newCallId());
    return request;
  });
  client.interceptors.error.use((error, response, request) => {
    const problem = toProblem(error, response);
    refused(problem, request);
    return problem;
  });
};
