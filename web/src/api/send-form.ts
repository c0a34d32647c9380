import { newCallId } from './call-id.ts';
import { Problem, toProblem } from './problem.ts';

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** What an answer that is none of ours, or none at all, means. */
const problemOf = (status: number, body: unknown): Problem =>
  status === 0 ? toProblem(undefined) : toProblem(body, new Response(null, { status }));

interface FormToSend {
  readonly url: string;
  readonly method?: 'POST' | 'PUT';
  readonly form: FormData;
  /** Sent again with the same key, it has one effect. */
  readonly key?: string;
  readonly onSent: (bytes: number) => void;
  readonly signal?: AbortSignal;
}

/**
 * A form with files, in one request whose progress is told: `fetch` tells none.
 * @throws Problem as every call of the client
 */
export const sendForm = <Answer>({
  url,
  method = 'POST',
  form,
  key = newCallId(),
  onSent,
  signal,
}: FormToSend): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(method, url);
    request.setRequestHeader('Idempotency-Key', key);
    request.upload.addEventListener('progress', ({ loaded }) => onSent(loaded));
    const refuse = (): void => reject(problemOf(request.status, parsed(request.responseText)));
    request.addEventListener('load', () => {
      const body = parsed(request.responseText);
      if (request.status >= 200 && request.status < 300 && body !== undefined) resolve(body as Answer);
      else refuse();
    });
    request.addEventListener('error', refuse);
    request.addEventListener('abort', refuse);
    signal?.addEventListener('abort', () => request.abort());
    request.send(form);
  });
