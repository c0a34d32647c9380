import type { SandboxPlatform } from '../world/sandbox-platform.js';
import type { FaultSpec } from './fault.js';
import { FAULT_KINDS } from './fault.js';

const NUMBERS = ['rate', 'times', 'delayMs', 'holdMs', 'seed'] as const;
const STRINGS = ['step', 'region', 'account'] as const;
const KNOWN = ['platform', 'kind', 'code', ...NUMBERS, ...STRINGS] as const;

/**
 * Reads a fault from a request body.
 * @param stepsOf the protocol steps of each platform that runs
 * @returns the fault, or a sentence that says what is wrong
 */
export const readFaultSpec = (
  body: Readonly<Record<string, unknown>>,
  stepsOf: ReadonlyMap<SandboxPlatform, readonly string[]>,
): FaultSpec | string => {
  const unknown = Object.keys(body).find((key) => !KNOWN.some((known) => known === key));
  if (unknown) return `unknown field ${unknown}`;
  const steps = stepsOf.get(body['platform'] as SandboxPlatform);
  if (!steps) return `platform must be one of ${[...stepsOf.keys()].join(' ')}`;
  if (!FAULT_KINDS.some((kind) => kind === body['kind'])) return `kind must be one of ${FAULT_KINDS.join(' ')}`;
  for (const name of STRINGS) {
    if (body[name] !== undefined && typeof body[name] !== 'string') return `${name} must be a string`;
  }
  for (const name of NUMBERS) {
    if (body[name] !== undefined && !(typeof body[name] === 'number' && body[name] >= 0)) return `${name} must be >= 0`;
  }
  if (body['step'] !== undefined && !steps.includes(body['step'] as string)) {
    return `step of ${String(body['platform'])} must be one of ${steps.join(' ')}`;
  }
  return body as unknown as FaultSpec;
};
