import { Agent, request as httpRequest } from 'node:http';
import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';
import type { Call, Reply } from '../http/call.js';

/** Headers that belong to one connection only (RFC 9110, 7.6.1), and those we set anew. */
const NOT_FORWARDED = ['connection', 'keep-alive', 'transfer-encoding', 'host', 'content-length', 'accept-encoding'];

const passOn = (headers: IncomingHttpHeaders): OutgoingHttpHeaders =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !NOT_FORWARDED.includes(name)));

/** Sends calls on to the real server behind a fault proxy. */
export class Forwarder {
  readonly #agent = new Agent({ keepAlive: true });

  constructor(private readonly target: string) {}

  /** The real answer, read whole. @throws Error when the server is gone or the caller left in mid-upload */
  async send(call: Call): Promise<Reply> {
    const { request, url, body } = call;
    const isStreamed = !request.readableEnded && request.method !== 'GET';
    const length = isStreamed ? request.headers['content-length'] : String(body.length);
    const headers = { ...passOn(request.headers), ...(length === undefined ? {} : { 'content-length': length }) };
    return new Promise((resolve, reject) => {
      const upstream = httpRequest(
        new URL(`${url.pathname}${url.search}`, this.target),
        { method: request.method, headers, agent: this.#agent },
        (response) => {
          const parts: Buffer[] = [];
          response.on('data', (part: Buffer) => parts.push(part));
          response.once('error', reject);
          response.once('end', () => {
            const shown = passOn(response.headers) as Record<string, string>;
            resolve({ status: response.statusCode ?? 502, headers: shown, body: Buffer.concat(parts) });
          });
        },
      );
      upstream.once('error', reject);
      if (!isStreamed) {
        upstream.end(body);
        return;
      }
      request.once('close', () => {
        if (!request.readableEnded) upstream.destroy(new Error('the caller left'));
      });
      request.pipe(upstream);
    });
  }

  stop(): void {
    this.#agent.destroy();
  }
}
