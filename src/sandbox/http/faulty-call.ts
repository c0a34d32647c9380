import type { CALL_FAULTS, Fault } from '../faults/fault.js';
import type { SandboxAccount } from '../world/sandbox-platform.js';
import type { World } from '../world/world.js';
import type { Call, Reply } from './call.js';
import { drain } from './call.js';
import type { PlatformService } from './service.js';

/** The connection is cut instead of an answer. */
export const CUT = 'cut';

const DEFAULT_SLOW_MS = 1_000;
const DEFAULT_HANG_MS = 120_000;
const BEFORE = ['slow', 'error-before', 'drop-before', 'rate', 'auth-expire', 'cap'] as const;
const AFTER = ['drop-after', 'hang-after', 'error-after', 'garbage'] as const;
type CallFault = (typeof CALL_FAULTS)[number];

/** One call, its faults included; `apply` does what the platform does. */
export interface FaultyCall {
  readonly world: World;
  readonly service: PlatformService;
  readonly call: Call;
  readonly step: string;
  readonly account: SandboxAccount | undefined;
  readonly apply: () => Promise<Reply>;
}

const statusOf = (fault: Fault): number => (typeof fault.code === 'number' ? fault.code : 500);

/** `delayMs` of a `rate` fault is what the platform asks for, said in whole seconds. */
const withRetryAfter = (reply: Reply, { delayMs }: Fault): Reply =>
  delayMs === undefined
    ? reply
    : { ...reply, headers: { ...reply.headers, 'retry-after': String(Math.ceil(delayMs / 1_000)) } };

/** What the caller gets instead of an applied call; undefined lets the call go on. */
const strikeBefore = (it: FaultyCall, fault: Fault): Reply | typeof CUT | undefined => {
  const { dialect } = it.service;
  const kind = fault.kind as CallFault;
  if (kind === 'drop-before') return CUT;
  if (kind === 'error-before') return dialect.error(statusOf(fault), it.step);
  if (kind === 'rate') return withRetryAfter(dialect.rate(it.step), fault);
  if (kind === 'cap') return dialect.cap(it.step, fault.code === undefined ? undefined : String(fault.code));
  if (kind === 'auth-expire' && it.account) it.service.expireTokens(it.account);
  return undefined;
};

const strikeAfter = async (it: FaultyCall, fault: Fault, reply: Reply): Promise<Reply | typeof CUT> => {
  if (fault.kind === 'drop-after') return CUT;
  if (fault.kind === 'error-after') {
    // A platform's own code instead of a status: it says no, and did it all the same.
    const refusal = typeof fault.code === 'string' ? it.service.dialect.cap(it.step, fault.code) : undefined;
    return refusal ?? it.service.dialect.error(statusOf(fault), it.step);
  }
  if (fault.kind === 'hang-after') {
    await it.world.clock.sleep(fault.delayMs ?? DEFAULT_HANG_MS);
    return reply;
  }
  return { status: 200, headers: { 'content-type': 'text/html' }, body: '<html><body>Temporarily moved, pl' };
};

const hold = async ({ world }: FaultyCall, { holdMs }: Fault): Promise<void> => {
  if (holdMs !== undefined) await world.clock.sleep(holdMs);
};

/**
 * Runs a call under the faults in force. The oldest fault whose dice fall decides; `slow` and `auth-expire` only add.
 * Exactly one of "before" (nothing applied) and "after" (applied) can happen to one call.
 */
export const runFaulty = async (it: FaultyCall): Promise<Reply | typeof CUT> => {
  const spot = { platform: it.service.platform, step: it.step, account: it.account };
  const seen = new Set<string>();
  let after: Fault | undefined;
  for (;;) {
    const fault = it.world.faults.draw([...BEFORE, ...AFTER], spot, seen);
    if (!fault) break;
    seen.add(fault.id);
    if (AFTER.some((kind) => kind === fault.kind)) {
      after = fault;
      break;
    }
    if (fault.kind === 'slow') await it.world.clock.sleep(fault.delayMs ?? DEFAULT_SLOW_MS);
    const instead = strikeBefore(it, fault);
    if (instead !== undefined) {
      if (instead !== CUT || fault.holdMs !== undefined) await drain(it.call.request);
      await hold(it, fault);
      return instead;
    }
  }
  const reply = await it.apply();
  if (!after) return reply;
  await hold(it, after);
  return strikeAfter(it, after, reply);
};
