import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { type DynamicModule, Global, type INestApplication, Module, type Type } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { DataSource } from 'typeorm';
import { AppConfig } from '../../src/infra/config/app-config.js';
import { parseEnv } from '../../src/infra/config/env.schema.js';
import { SecretBox } from '../../src/infra/crypto/secret-box.js';
import { Database } from '../../src/infra/database/database.js';
import { DatabaseClock } from '../../src/infra/database/database-clock.js';
import { ProblemFilter } from '../../src/infra/http/problem.filter.js';
import { createValidationPipe } from '../../src/infra/http/validation.pipe.js';
import { MetricsRegistry } from '../../src/infra/metrics/metrics-registry.js';
import { Readiness } from '../../src/infra/http/readiness.js';
import { Ticks } from '../../src/infra/jobs/ticks.js';
import { EventOutbox } from '../../src/infra/outbox/event-outbox.js';
import { ProviderObservations } from '../../src/infra/providers/provider-observations.js';
import { Clock } from '../../src/kernel/clock.port.js';
import { EventLog } from '../../src/kernel/event-log.port.js';
import { UnitOfWork } from '../../src/kernel/transaction.js';
import type { TestDatabase } from './postgres.js';

/** Some rooms on a real database and a real port, without ticks and jobs. */
export interface PartialApp {
  readonly app: INestApplication;
  send(request: PartialRequest): Promise<PartialAnswer>;
  stop(): Promise<void>;
}

export interface PartialRequest {
  readonly method?: string;
  readonly path: string;
  readonly key?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface PartialAnswer {
  readonly status: number;
  readonly headers: Headers;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests read other people's JSON
  readonly body: any;
}

interface Parts {
  readonly imports: readonly (Type | DynamicModule)[];
  readonly controllers?: readonly Type[];
  /** Providers to replace: token and value. */
  readonly replace?: ReadonlyMap<unknown, unknown>;
}

/** Starts the rooms; `stop` it in `afterAll`. */
export const startPartialApp = async ({ database, dataSource }: TestDatabase, parts: Parts): Promise<PartialApp> => {
  const outbox = new EventOutbox(database);
  const infra = [
    { provide: Database, useValue: database },
    { provide: DataSource, useValue: dataSource },
    { provide: UnitOfWork, useValue: database },
    { provide: Clock, useValue: new DatabaseClock(database) },
    { provide: AppConfig, useValue: new AppConfig(parseEnv({ STATUS_FEEDS: 'none' })) },
    { provide: SecretBox, useValue: new SecretBox(`test:${randomBytes(32).toString('base64')}`) },
    { provide: EventOutbox, useValue: outbox },
    { provide: EventLog, useValue: outbox },
    { provide: MetricsRegistry, useValue: new MetricsRegistry(dataSource) },
    { provide: Readiness, useValue: new Readiness() },
    { provide: ProviderObservations, useValue: new ProviderObservations() },
    { provide: Ticks, useValue: { every: () => undefined, everyInCluster: () => undefined } },
  ];
  @Global()
  @Module({ providers: infra, exports: infra.map(({ provide }) => provide) })
  class TestInfraModule {}
  const builder = Test.createTestingModule({
    imports: [TestInfraModule, ...parts.imports],
    controllers: [...(parts.controllers ?? [])],
  });
  for (const [token, value] of parts.replace ?? []) builder.overrideProvider(token).useValue(value);
  const app = (await builder.compile()).createNestApplication({ logger: false, rawBody: true });
  app.useGlobalPipes(createValidationPipe());
  app.useGlobalFilters(new ProblemFilter());
  await app.listen(0, '127.0.0.1');
  const { port } = app.getHttpServer().address() as AddressInfo;
  return { app, send: (request) => send(`http://127.0.0.1:${port}`, request), stop: () => app.close() };
};

const send = async (origin: string, { method = 'GET', path, key, body, headers }: PartialRequest) => {
  const response = await fetch(origin + path, {
    method,
    headers: {
      ...(key ? { authorization: `Bearer ${key}` } : {}),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = text !== '' && (response.headers.get('content-type')?.includes('json') ?? false);
  return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text || undefined };
};
