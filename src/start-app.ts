import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import helmet from 'helmet';
import { Logger } from 'nestjs-pino';
import { AppModule } from './app.module.js';
import { AppConfig } from './infra/config/app-config.js';
import type { Env } from './infra/config/env.schema.js';
import { loadKeyRing } from './infra/crypto/key-ring.js';
import { SecretBox } from './infra/crypto/secret-box.js';
import { openDatabase, type OpenDatabase } from './infra/database/open-database.js';
import { setUpApiDocs } from './infra/http/api-docs.js';
import { onlyJson } from './infra/http/only-json.js';
import { createRateLimit } from './infra/http/rate-limit/rate-limit.middleware.js';
import { onlyLiveness } from './infra/http/only-liveness.js';
import { QuietBootLogger } from './infra/logging/quiet-boot.logger.js';
import { measureHttp } from './infra/metrics/measure-http.js';
import { MetricsRegistry } from './infra/metrics/metrics-registry.js';
import { refuseNulInAddress, refuseUnstorable } from './infra/http/refuse-unstorable.js';
import { serveWebApp } from './infra/http/web-app.js';
import { ProblemFilter } from './infra/http/problem.filter.js';
import { giveRequestId } from './infra/logging/request-id.js';
import { createValidationPipe } from './infra/http/validation.pipe.js';
import { BootstrapWorkspace, OfferSetup } from './workspaces/index.js';

/** JSON bodies: a thousand subscribers fit; videos never come this way. */
const BODY_LIMIT = '2mb';

/** Nothing comes from elsewhere and no script stands in a page. Styles may: the component library sets them. */
const CONTENT_SECURITY = {
  // Browsers would ask an installation without TLS for https and show nothing.
  upgradeInsecureRequests: null,
  styleSrc: ["'self'", "'unsafe-inline'"],
  fontSrc: ["'self'"],
  // A video is looked at before it is uploaded.
  imgSrc: ["'self'", 'data:', 'blob:'],
  mediaSrc: ["'self'", 'blob:'],
};

/** A running process of ours. */
export interface RunningApp {
  readonly url: string;
  readonly databaseUrl: string;
  /** Shown once, by the process that met an empty database. */
  readonly firstApiKey: string | undefined;
  /** Lets the first owner in, once; while the server has no member, and of several processes from one. */
  readonly setupLink: string | undefined;
  readonly nest: NestExpressApplication;
  /** Drains and stops everything it started. */
  close(): Promise<void>;
}

/** Opens the database, starts every room and listens. */
export const startApp = async (env: Env): Promise<RunningApp> => {
  const database = await openDatabase(env);
  try {
    return await startOn(database, env);
  } catch (error) {
    await database.close();
    throw error;
  }
};

const startOn = async (database: OpenDatabase, env: Env): Promise<RunningApp> => {
  const config = new AppConfig(env);
  const secretBox = new SecretBox(await loadKeyRing(env.ENCRYPTION_KEYS, env.DATA_DIR));
  const parts = { config, dataSource: database.dataSource, secretBox };
  const nest = await NestFactory.create<NestExpressApplication>(AppModule.forRoot(parts), {
    bufferLogs: true,
    bodyParser: false,
    // Platforms sign the bytes of what they send us.
    rawBody: true,
    // Nest would end the process here and leave the private database running.
    abortOnError: false,
  });
  try {
    return await listen(nest, database, env);
  } catch (error) {
    // What has started already would go on working on a closed database.
    await nest.close();
    throw error;
  }
};

const listen = async (nest: NestExpressApplication, database: OpenDatabase, env: Env): Promise<RunningApp> => {
  const config = nest.get(AppConfig);
  configureHttp(nest, config);
  await nest.init();
  const first = config.servesHttp ? await nest.get(BootstrapWorkspace).execute() : undefined;
  const setupToken = first && (await nest.get(OfferSetup).execute(first.workspaceId));
  // A video may take longer than Node's five minutes; slow headers may not.
  nest.getHttpServer().requestTimeout = 0;
  await nest.listen(env.PORT, env.HOST);
  const { port } = nest.getHttpServer().address() as { port: number };
  config.listenedOn(port);
  return {
    url: `http://${env.HOST}:${port}`,
    databaseUrl: database.url,
    firstApiKey: first?.apiKey,
    setupLink: setupToken && `${config.publicUrl}/setup#${setupToken}`,
    nest,
    close: async () => {
      await nest.close();
      await database.close();
    },
  };
};

const configureHttp = (nest: NestExpressApplication, config: AppConfig): void => {
  nest.useLogger(new QuietBootLogger(nest.get(Logger)));
  nest.disable('x-powered-by');
  // What stands before the routes (limits, JSON only, redaction) compares paths as they are. The setting of that name
  // comes too late: Nest's adapter has made the router by now.
  Object.assign(nest.getHttpAdapter().getInstance().router, { caseSensitive: true });
  nest.set('trust proxy', config.env.TRUST_PROXY);
  nest.use(giveRequestId);
  nest.use(measureHttp(nest.get(MetricsRegistry)));
  nest.use(helmet({ contentSecurityPolicy: { directives: CONTENT_SECURITY } }));
  const webApp = config.servesHttp ? serveWebApp() : undefined;
  if (webApp) nest.use(webApp);
  if (!config.servesHttp) nest.use(onlyLiveness);
  const { RATE_LIMIT_PER_MINUTE: perMinute, RATE_LIMIT_PUBLIC_PER_MINUTE: publicPerMinute } = config.env;
  nest.use(createRateLimit({ perMinute, publicPerMinute }));
  nest.use(refuseNulInAddress);
  nest.use(onlyJson);
  nest.useBodyParser('json', { limit: BODY_LIMIT, reviver: refuseUnstorable });
  nest.useBodyParser('urlencoded', { limit: BODY_LIMIT, extended: false });
  nest.useGlobalPipes(createValidationPipe());
  nest.useGlobalFilters(new ProblemFilter());
  setUpApiDocs(nest);
};
