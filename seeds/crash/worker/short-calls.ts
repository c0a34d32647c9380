import type { INestApplicationContext } from '@nestjs/common';
import { builtTokens } from './built.ts';

/** Local platforms answer in milliseconds: their calls need not be given minutes before they count as dead. */
export const shortenCalls = async (nest: INestApplicationContext, timeoutMs: number): Promise<void> => {
  const { PlatformRegistry } = await builtTokens();
  for (const platform of nest.get<InstanceType<typeof PlatformRegistry>>(PlatformRegistry, { strict: false }).all()) {
    const real = platform.capabilities.bind(platform);
    platform.capabilities = () => {
      const capabilities = real();
      return { ...capabilities, commitTimeoutMs: Math.min(timeoutMs, capabilities.commitTimeoutMs) };
    };
  }
};
