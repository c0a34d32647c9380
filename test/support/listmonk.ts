import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A campaign as the server keeps it. */
export interface StoredCampaign {
  readonly id: number;
  readonly name: string;
  readonly subject: string;
  readonly body: string;
  readonly altbody?: string;
  readonly content_type: string;
  readonly lists: readonly number[];
  status: string;
}

/** The part of listmonk's API that we use, with its state and its refusals. */
export interface Listmonk {
  readonly url: string;
  readonly campaigns: StoredCampaign[];
  /** What happens to the next `POST /api/campaigns`. */
  fault: 'none' | 'lost-answer' | 'refuse';
  /** Awaited as the call arrives. */
  onCreate: () => unknown;
  stop(): Promise<void>;
}

const LISTS = [
  { id: 1, uuid: 'a', name: 'Readers', type: 'private', optin: 'double', subscriber_count: 12 },
  { id: 2, uuid: 'b', name: 'Friends', type: 'private', optin: 'single', subscriber_count: 3 },
];

/** @param credentials `user:token` of the one API user */
export const startListmonk = async (credentials: string): Promise<Listmonk> => {
  const campaigns: StoredCampaign[] = [];
  const it = { campaigns, fault: 'none' as Listmonk['fault'], onCreate: (): unknown => undefined };
  const answer = (response: ServerResponse, status: number, body: unknown) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };
  const create = async (request: IncomingMessage, response: ServerResponse) => {
    await it.onCreate();
    const fields = JSON.parse(await bodyOf(request)) as Omit<StoredCampaign, 'id' | 'status'>;
    const isKnown = fields.lists.every((id) => LISTS.some((list) => list.id === id));
    if (it.fault === 'refuse' || !isKnown || !fields.name || !fields.subject || !fields.body)
      return answer(response, 400, { message: 'Invalid lists or fields' });
    const campaign = { ...fields, id: campaigns.length + 1, status: 'draft' };
    campaigns.push(campaign);
    if (it.fault === 'lost-answer') return request.socket.destroy();
    answer(response, 200, { data: campaign });
  };
  const page = (results: readonly unknown[]) => ({ data: { results, total: results.length, per_page: 20, page: 1 } });
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://listmonk');
    const [, , what, id, part] = url.pathname.split('/');
    if (request.headers.authorization !== `token ${credentials}`)
      return answer(response, 403, { message: 'invalid API credentials' });
    const route = `${request.method} ${what}${id === undefined ? '' : '/:id'}${part === undefined ? '' : `/${part}`}`;
    const campaign = campaigns.find((one) => String(one.id) === id);
    if (route === 'GET lists') return answer(response, 200, page(LISTS));
    if (route === 'POST campaigns') return void create(request, response);
    if (route === 'GET campaigns') {
      const query = url.searchParams.get('query') ?? '';
      return answer(response, 200, page(campaigns.filter(({ name }) => name.includes(query))));
    }
    if (!campaign) return answer(response, 400, { message: 'Campaign not found' });
    if (route === 'GET campaigns/:id') return answer(response, 200, { data: campaign });
    void bodyOf(request).then((text) => {
      campaign.status = (JSON.parse(text) as { status: string }).status;
      answer(response, 200, { data: campaign });
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  return Object.assign(it, {
    url: `http://127.0.0.1:${port}`,
    stop: () => new Promise<void>((closed) => (server.closeAllConnections(), server.close(() => closed()))),
  });
};

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const parts: Buffer[] = [];
  for await (const part of request as AsyncIterable<Buffer>) parts.push(part);
  return Buffer.concat(parts).toString('utf8');
};
