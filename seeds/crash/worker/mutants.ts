import type { INestApplicationContext } from '@nestjs/common';
import { builtTokens } from './built.ts';
import { wrap } from './wrap.ts';

/** Bugs that the checker must see; `no-index` is made in the database by the stage. */
export const MUTANTS = ['fence', 'intent-after-call', 'hold-zero', 'no-index'] as const;
export type Mutant = (typeof MUTANTS)[number];

interface Ref {
  readonly targetId: string;
  readonly version: number;
  readonly fence: string;
}

/** Breaks this worker as the mutant says. */
export const bugIn = async (nest: INestApplicationContext, mutant: Mutant): Promise<void> => {
  if (mutant === 'fence') await dropFence(nest);
  if (mutant === 'intent-after-call') await callFirst(nest);
  if (mutant === 'hold-zero') await believeAtOnce(nest);
};

/** The last look before the write is made and its answer ignored. */
const dropFence = async (nest: INestApplicationContext): Promise<void> => {
  const { AttemptJournal } = await builtTokens();
  const journal = nest.get<InstanceType<typeof AttemptJournal>>(AttemptJournal, { strict: false });
  wrap(journal, 'beginCall', async (call) => {
    await call();
    return true;
  });
  wrap(journal, 'saveResume', async (call) => {
    await call();
    return true;
  });
};

/** Intents are believed to be written, and are written when the call has been answered. */
const callFirst = async (nest: INestApplicationContext): Promise<void> => {
  const { Firing, PlatformRegistry, Database } = await builtTokens();
  const database = nest.get(Database, { strict: false });
  const late = new Map<string, Ref>();
  wrap(nest.get<InstanceType<typeof Firing>>(Firing as never, { strict: false }), 'intend', async (_call, [refs]) => {
    for (const ref of refs as readonly Ref[]) late.set(ref.targetId, ref);
    return refs;
  });
  const registry = nest.get<InstanceType<typeof PlatformRegistry>>(PlatformRegistry, { strict: false });
  for (const platform of registry.all())
    wrap(platform, 'commit', async (call, [, content]) => {
      const outcome = await call();
      const ref = late.get((content as { marker: string }).marker);
      if (ref)
        await database.affected(
          'insert into intent (target_id, version, fence) values ($1, $2, $3) on conflict do nothing',
          [ref.targetId, ref.version, ref.fence],
        );
      return outcome;
    });
};

/** One clean read proves absence, however fresh the call. */
const believeAtOnce = async (nest: INestApplicationContext): Promise<void> => {
  const { PlatformRegistry } = await builtTokens();
  const registry = nest.get<InstanceType<typeof PlatformRegistry>>(PlatformRegistry, { strict: false });
  for (const platform of registry.all()) {
    const { witness } = platform.absenceRule;
    const rule = { witness, reads: 1, spacingSeconds: 0, holdSeconds: 0 };
    platform.absenceRuleOf = () => rule;
  }
};
