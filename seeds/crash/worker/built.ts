/** The built app; types come from its sources, so that this checks without a build. */
const built = <T>(path: string): Promise<T> =>
  import(new URL(`../../../dist/${path}.js`, import.meta.url).href) as Promise<T>;

type StartApp = typeof import('../../../src/start-app.js');
type EnvSchema = typeof import('../../../src/infra/config/env.schema.js');

/** The app's start and its configuration. */
export const builtApp = async (): Promise<Pick<StartApp, 'startApp'> & Pick<EnvSchema, 'loadEnv'>> => {
  const [{ startApp }, { loadEnv }] = await Promise.all([
    built<StartApp>('start-app'),
    built<EnvSchema>('infra/config/env.schema'),
  ]);
  return { startApp, loadEnv };
};

/** What the chaos worker reaches into, by the tokens Nest knows. */
export const builtTokens = async () => {
  const [firing, settle, reconciliation, platforms, registry, clock, database] = await Promise.all([
    built<typeof import('../../../src/publishing/domain/firing/firing.port.js')>(
      'publishing/domain/firing/firing.port',
    ),
    built<typeof import('../../../src/publishing/domain/targets/target-store.port.js')>(
      'publishing/domain/targets/target-store.port',
    ),
    built<typeof import('../../../src/publishing/domain/reconcile/reconciliation.port.js')>(
      'publishing/domain/reconcile/reconciliation.port',
    ),
    built<typeof import('../../../src/platforms/index.js')>('platforms/index'),
    built<typeof import('../../../src/publishing/infrastructure/firing/worker-registry.js')>(
      'publishing/infrastructure/firing/worker-registry',
    ),
    built<typeof import('../../../src/infra/database/database-clock.js')>('infra/database/database-clock'),
    built<typeof import('../../../src/infra/database/database.js')>('infra/database/database'),
  ]);
  const { PersistentSettle } = await built<
    typeof import('../../../src/publishing/application/firing/persistent-settle.js')
  >('publishing/application/firing/persistent-settle');
  const { Firing, AttemptJournal, Inheritance } = firing;
  const { TargetStore } = settle;
  const { Reconciliation, Takeovers } = reconciliation;
  const { PlatformRegistry } = platforms;
  const { WorkerRegistry } = registry;
  const { DatabaseClock } = clock;
  const { Database } = database;
  return {
    Firing,
    AttemptJournal,
    Inheritance,
    TargetStore,
    PersistentSettle,
    Reconciliation,
    Takeovers,
    PlatformRegistry,
    WorkerRegistry,
    DatabaseClock,
    Database,
  };
};
