// The built app as a worker, its platforms answered by an adapter that calls nobody.
import type { PlatformName } from '../../src/platforms/domain/platform-name.ts';
import type { Platform } from '../../src/platforms/domain/platform.port.ts';
import { appStart, envSchema, platforms } from './built.ts';
import { withoutCalls } from './no-op-adapter.ts';

const truthFile = process.argv[2] ?? '';
const { ConfiguredPlatforms } = await platforms();
type Get = (this: unknown, name: PlatformName) => Platform;
const shipped: Get = Reflect.get<{ readonly get: Get }, 'get'>(ConfiguredPlatforms.prototype, 'get');
Object.defineProperty(ConfiguredPlatforms.prototype, 'get', {
  value(this: unknown, name: PlatformName): Platform {
    return withoutCalls(shipped.call(this, name), truthFile);
  },
});
const { loadEnv } = await envSchema();
const { startApp } = await appStart();
const app = await startApp(loadEnv());
process.on('SIGTERM', () => void app.close().then(() => process.exit(0)));
process.stdout.write('ready\n');
