import type { INestApplicationContext } from '@nestjs/common';
import { builtTokens } from './built.ts';
import { say } from './say.ts';
import { wrap } from './wrap.ts';

/** Says under which names this process stands in the table `worker`. */
export const tellWorkerIds = async (nest: INestApplicationContext): Promise<void> => {
  const { WorkerRegistry } = await builtTokens();
  const registry = nest.get(WorkerRegistry, { strict: false });
  let told: string | undefined;
  const tell = (id: string | undefined): void => {
    if (id !== undefined && id !== told) say({ workerId: id });
    told = id ?? told;
  };
  tell(registry.workerId);
  wrap(registry, 'ensure', async (call) => {
    const id = (await call()) as string;
    tell(id);
    return id;
  });
};
