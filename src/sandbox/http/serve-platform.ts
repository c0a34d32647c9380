import type { IncomingMessage, ServerResponse } from 'node:http';
import type { World } from '../world/world.js';
import type { Call, Reply } from './call.js';
import { drain, readBody } from './call.js';
import { CUT, runFaulty } from './faulty-call.js';
import type { PlatformService, Route } from './service.js';

/** Metadata bodies are small on every platform; AT Protocol allows about 1 MB of JSON. */
const MAX_BODY_BYTES = 2 * 1024 * 1024;

export type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

const findRoute = (routes: readonly Route[], method: string, path: string): [Route, readonly string[]] | undefined => {
  for (const route of routes) {
    const match = route.method === method || route.method === '*' ? route.path.exec(path) : null;
    if (match) return [route, match.slice(1).map((group) => decodeURIComponent(group ?? ''))];
  }
  return undefined;
};

export const send = async (call: Pick<Call, 'request' | 'response'>, reply: Reply | typeof CUT): Promise<void> => {
  const { request, response } = call;
  if (reply === CUT) {
    request.socket.destroy();
    return;
  }
  await drain(request);
  if (response.destroyed) return;
  const body = reply.body ?? '';
  const length = typeof body === 'string' ? Buffer.byteLength(body) : body.byteLength;
  const hasLength = reply.status !== 204 && reply.status !== 304;
  response.writeHead(reply.status, { ...reply.headers, ...(hasLength ? { 'content-length': String(length) } : {}) });
  response.end(request.method === 'HEAD' ? undefined : body);
};

/** Answers a platform's requests, counts them and lets faults strike. */
export const servePlatform =
  (world: World, service: PlatformService): Handler =>
  async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://sandbox');
    const found = findRoute(service.routes, request.method ?? 'GET', url.pathname);
    if (!found) return send({ request, response }, service.dialect.notFound());
    const [route, params] = found;
    const body = route.streams ? Buffer.alloc(0) : await readBody(request, MAX_BODY_BYTES);
    const origin = `http://${request.headers.host ?? 'localhost'}`;
    const call: Call = { request, response, url, params, body, origin };
    const step = typeof route.step === 'string' ? route.step : route.step(call);
    const account = service.identify(call, step);
    world.calls.record(service.platform, step);
    world.events.emit({
      at: world.clock.iso(),
      platform: service.platform,
      event: 'call',
      step,
      ...(account ? { accountExternalId: account.externalId } : {}),
    });
    const apply = async (): Promise<Reply> => route.handle(call);
    await send(call, await runFaulty({ world, service, call, step, account, apply }));
  };
