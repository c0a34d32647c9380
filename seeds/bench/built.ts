/** The built app, with the types of its sources: benches run what is shipped. */
const built = async <Module>(path: string): Promise<Module> =>
  (await import(new URL(`../../dist/${path}`, import.meta.url).href)) as Module;

export const appStart = () => built<typeof import('../../src/start-app.js')>('start-app.js');
export const envSchema = () =>
  built<typeof import('../../src/infra/config/env.schema.js')>('infra/config/env.schema.js');
export const platforms = () =>
  built<typeof import('../../src/platforms/infrastructure/configured-platforms.js')>(
    'platforms/infrastructure/configured-platforms.js',
  );
export const embeddedPostgres = () =>
  built<typeof import('../../src/infra/database/embedded-postgres.js')>('infra/database/embedded-postgres.js');
export const dataSource = () =>
  built<typeof import('../../src/infra/database/data-source.js')>('infra/database/data-source.js');
export const secretBox = () =>
  built<typeof import('../../src/infra/crypto/secret-box.js')>('infra/crypto/secret-box.js');
export const credentialBox = () =>
  built<typeof import('../../src/accounts/infrastructure/credential-box.js')>(
    'accounts/infrastructure/credential-box.js',
  );
export const forecasts = () =>
  built<typeof import('../../src/planning/application/calendar/forecast-reader.js')>(
    'planning/application/calendar/forecast-reader.js',
  );
