import type { IncomingMessage, ServerResponse } from 'node:http';

/** One request as a platform's handlers see it. */
export interface Call {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly url: URL;
  /** Groups of the route's path pattern. */
  readonly params: readonly string[];
  /** The whole body; empty for routes that stream. */
  readonly body: Buffer;
  /** `http://host:port` as the client wrote it; links we hand out start with it. */
  readonly origin: string;
}

/** What goes back; `body` is text because some ids are longer than a JavaScript number. */
export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

/** A JSON answer. */
export const json = (status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): Reply => ({
  status,
  headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
  body: JSON.stringify(value),
});

/** The JSON object in the body; undefined when it is something else. */
export const jsonBody = (call: Call): Record<string, unknown> | undefined => {
  try {
    const value: unknown = JSON.parse(call.body.toString('utf8') || '{}');
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
};

const isForm = (call: Call): boolean =>
  call.request.headers['content-type']?.startsWith('application/x-www-form-urlencoded') ?? false;

/** The fields of a form body; empty for other content types, which token endpoints do not read. */
export const formBody = (call: Call): Record<string, string> => {
  return isForm(call) ? Object.fromEntries(new URLSearchParams(call.body.toString('utf8'))) : {};
};

/** Query, then form or JSON fields, as one flat map: Meta's servers take parameters from anywhere. */
export const parameters = (call: Call): Record<string, string> => {
  const found = Object.fromEntries(call.url.searchParams);
  const fields: Record<string, unknown> = { ...formBody(call), ...(isForm(call) ? {} : jsonBody(call)) };
  for (const [name, value] of Object.entries(fields)) {
    found[name] = typeof value === 'string' ? value : JSON.stringify(value);
  }
  return found;
};

/** The token after this word in the Authorization header. */
export const bearer = (call: Call, scheme = 'Bearer'): string | undefined => {
  const [word, token] = (call.request.headers.authorization ?? '').split(' ');
  return word === scheme && token ? token : undefined;
};

export const header = (call: Call, name: string): string | undefined => {
  const value = call.request.headers[name];
  return Array.isArray(value) ? value[0] : value;
};

/** Reads and forgets what is left of the body, so that a client still writing gets to read the answer. */
export const drain = async (request: IncomingMessage): Promise<void> => {
  if (request.readableEnded || request.destroyed) return;
  request.resume();
  await new Promise<void>((resolve) => {
    request.once('end', resolve);
    request.once('close', resolve);
    request.once('error', () => resolve());
  });
};

/** @throws Error when the body is longer than `maxBytes` */
export const readBody = async (request: IncomingMessage, maxBytes: number): Promise<Buffer> => {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > maxBytes) throw new Error('body too long');
    parts.push(part);
  }
  return Buffer.concat(parts);
};
