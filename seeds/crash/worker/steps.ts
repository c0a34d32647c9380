import { setTimeout as pause } from 'node:timers/promises';
import type { INestApplicationContext } from '@nestjs/common';
import type { LifePlan, NamedStep } from '../plan.ts';
import { builtTokens } from './built.ts';
import { say } from './say.ts';
import { wrap } from './wrap.ts';

type Passage = (step: NamedStep) => Promise<void>;

/** Ends or stops this process where its plan says so. */
const passages = (plan: LifePlan): Passage => {
  let passed = 0;
  return async (step) => {
    if (step !== plan.step) return;
    passed += 1;
    if (passed !== plan.nth) return;
    if (plan.action === 'stall') {
      say({ stalled: step });
      await pause(plan.afterMs);
      return;
    }
    if (step === 'call-sent') await pause(plan.afterMs);
    say({ killed: step });
    process.kill(process.pid, 'SIGKILL');
    // The signal may take a moment; nothing of ours may run meanwhile.
    await new Promise(() => undefined);
  };
};

const around =
  (pass: Passage, before: NamedStep | undefined, after: NamedStep | undefined) =>
  async (call: () => Promise<unknown>): Promise<unknown> => {
    if (before) await pass(before);
    const answer = await call();
    if (after) await pass(after);
    return answer;
  };

/** After an answer that is not empty: these are asked all the time. */
const whenAny =
  (pass: Passage, step: NamedStep) =>
  async (call: () => Promise<unknown>): Promise<unknown> => {
    const found = (await call()) as readonly unknown[];
    if (found.length > 0) await pass(step);
    return found;
  };

/** Watches every named step of the engine in this process. */
export const watchSteps = async (nest: INestApplicationContext, plan: LifePlan): Promise<void> => {
  const tokens = await builtTokens();
  const pass = passages(plan);
  const get = <T>(token: abstract new (...args: never[]) => T): T => nest.get<T>(token, { strict: false });
  const firing = get(tokens.Firing);
  wrap(firing, 'arm', around(pass, 'before-arm', 'after-arm'));
  wrap(firing, 'intend', around(pass, 'before-intend', 'after-intend'));
  wrap(firing, 'markPublishing', around(pass, 'before-mark-publishing', 'after-mark-publishing'));
  const journal = get(tokens.AttemptJournal);
  wrap(journal, 'saveResume', around(pass, 'before-save-resume', 'after-save-resume'));
  wrap(journal, 'beginCall', around(pass, 'before-begin-call', 'after-begin-call'));
  wrap(get(tokens.PersistentSettle), 'execute', around(pass, 'before-settle', 'after-settle'));
  const store = get(tokens.TargetStore);
  wrap(store, 'apply', around(pass, undefined, 'inside-settle'));
  wrap(store, 'applyMany', around(pass, undefined, 'inside-settle'));
  const inheritance = get(tokens.Inheritance);
  wrap(inheritance, 'intend', whenAny(pass, 'inherit-intended'));
  wrap(inheritance, 'take', whenAny(pass, 'inherit-taken'));
  wrap(get(tokens.Reconciliation), 'claim', whenAny(pass, 'reconcile-claimed'));
  const takeovers = get(tokens.Takeovers);
  wrap(takeovers, 'findLeftovers', whenAny(pass, 'takeover-found'));
  wrap(takeovers, 'release', around(pass, undefined, 'takeover-released'));
  for (const platform of get(tokens.PlatformRegistry).all()) {
    wrap(platform, 'check', around(pass, undefined, 'reconcile-looked'));
    wrap(platform, 'commit', async (call) => {
      const answer = call();
      answer.catch(() => undefined);
      await pass('call-sent');
      const outcome = await answer;
      await pass('call-answered');
      return outcome;
    });
  }
};
