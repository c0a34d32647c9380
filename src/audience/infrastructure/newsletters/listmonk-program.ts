import type { OnApplicationShutdown } from '@nestjs/common';
import { z } from 'zod';
import type { PlatformHttp } from '../../../platforms/index.js';
import type { Campaign } from '../../domain/newsletters/campaign.js';
import type { OpenNewsletter } from '../../domain/newsletters/newsletter.js';
import {
  type Answered,
  type NewsletterList,
  NewsletterProgram,
} from '../../domain/newsletters/newsletter-program.port.js';

const page = <T extends z.ZodType>(item: T) => z.object({ data: z.object({ results: z.array(item) }) });
const lists = page(z.object({ id: z.number(), name: z.string(), subscriber_count: z.number().default(0) }));
const campaigns = page(z.object({ id: z.number(), name: z.string() }));
const campaign = z.object({ data: z.object({ id: z.number().int().positive() }) });
const status = z.object({ data: z.object({ status: z.string() }) });
const refusal = z.object({ message: z.string() });

/** More than this many campaigns of one name there are not: the name holds a UUID. */
const FOUND = 20;
const MAX_LISTS = 100;

/** One call: what to ask, and how to read the answer. */
interface Asked<T> {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly path: string;
  readonly body?: object;
  readonly schema: z.ZodType<T>;
}

/** listmonk's API (https://listmonk.app/docs/apis/, read 2026-11), through the guarded door: its address is user-given. */
export class ListmonkProgram extends NewsletterProgram implements OnApplicationShutdown {
  constructor(private readonly http: PlatformHttp) {
    super();
  }

  async lists(at: OpenNewsletter): Promise<Answered<readonly NewsletterList[]>> {
    const answer = await this.ask(at, { method: 'GET', path: `/api/lists?per_page=${MAX_LISTS}`, schema: lists });
    return mapped(answer, ({ data }) =>
      data.results.map(({ id, name, subscriber_count: subscribers }) => ({ id, name, subscribers })),
    );
  }

  async find(at: OpenNewsletter, name: string): Promise<Answered<number | undefined>> {
    const path = `/api/campaigns?query=${encodeURIComponent(name)}&per_page=${FOUND}&no_body=true`;
    const answer = await this.ask(at, { method: 'GET', path, schema: campaigns });
    return mapped(answer, ({ data }) => data.results.find((one) => one.name === name)?.id);
  }

  async create(at: OpenNewsletter, { name, subject, contentType, body, altBody }: Campaign): Promise<Answered<number>> {
    const fields = {
      name,
      subject,
      lists: at.listIds,
      type: 'regular',
      content_type: contentType,
      body,
      ...(altBody === undefined ? {} : { altbody: altBody }),
      messenger: 'email',
      tags: ['perennial'],
    };
    const answer = await this.ask(at, { method: 'POST', path: '/api/campaigns', body: fields, schema: campaign });
    return mapped(answer, ({ data }) => data.id);
  }

  async start(at: OpenNewsletter, campaignId: number): Promise<Answered<void>> {
    const path = `/api/campaigns/${campaignId}`;
    const known = await this.ask(at, { method: 'GET', path: `${path}?no_body=true`, schema: status });
    if (known.kind !== 'done') return known;
    if (known.value.data.status !== 'draft') return { kind: 'done', value: undefined };
    const body = { status: 'running' };
    const started = await this.ask(at, { method: 'PUT', path: `${path}/status`, body, schema: z.unknown() });
    return mapped(started, () => undefined);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.http.close();
  }

  private async ask<T>(at: OpenNewsletter, { method, path, body, schema }: Asked<T>): Promise<Answered<T>> {
    const answer = await this.http.send({
      method,
      url: at.url + path,
      headers: {
        accept: 'application/json',
        authorization: `token ${at.username}:${at.token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: new AbortController().signal,
      irreversible: method === 'POST',
      guarded: true,
    });
    return answered(answer, schema);
  }
}

const answered = <T>(answer: Awaited<ReturnType<PlatformHttp['send']>>, schema: z.ZodType<T>): Answered<T> => {
  if (answer.kind === 'not_sent') return { kind: 'unreachable', detail: answer.detail };
  if (answer.kind === 'no_answer') return { kind: 'unknown', detail: answer.detail };
  const { status: code, text } = answer;
  const said = read(text, refusal);
  if (code >= 400 && code < 500 && (said !== undefined || code === 401 || code === 403))
    return { kind: 'refused', reply: `${code}: ${said?.message ?? 'not allowed'}.` };
  const value = code === 200 ? read(text, schema) : undefined;
  return value === undefined
    ? { kind: 'unknown', detail: `It answered ${code} with something unexpected.` }
    : { kind: 'done', value };
};

const mapped = <T, U>(answer: Answered<T>, map: (value: T) => U): Answered<U> =>
  answer.kind === 'done' ? { kind: 'done', value: map(answer.value) } : answer;

const read = <T>(text: string, schema: z.ZodType<T>): T | undefined => {
  try {
    return schema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
};
