import type { z } from 'zod';
import { checkTrace } from './check-trace.js';
import { TRACE_SCHEMA } from './trace.schema.js';
import { pathText, TraceFault } from './trace-fault.js';
import type { OutageTrace } from './trace.js';

/** Names that begin so carry remarks; they pass at any depth. */
const REMARK = 'x-';

/**
 * A trace from the text of its file. Unknown fields are refused at any depth.
 * @throws TraceFault with the path of the first fault
 */
export const parseTrace = (text: string): OutageTrace => {
  const parsed = TRACE_SCHEMA.safeParse(withoutRemarks(jsonOf(text)));
  if (!parsed.success) throw faultOf(parsed.error.issues[0]);
  const { quota, policy, ...rest } = parsed.data;
  const { quota: ofPolicy, ...told } = policy;
  const trace: OutageTrace = { ...rest, policy: told, quota: quota ?? ofPolicy ?? {} };
  checkTrace(trace);
  return trace;
};

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new TraceFault('', `it is not JSON (${(error as Error).message})`);
  }
};

const withoutRemarks = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withoutRemarks);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([name]) => !name.startsWith(REMARK));
  return Object.fromEntries(kept.map(([name, inner]) => [name, withoutRemarks(inner)]));
};

const faultOf = (issue: z.core.$ZodIssue | undefined): TraceFault => {
  if (!issue) return new TraceFault('', 'it cannot be read');
  if (issue.code === 'unrecognized_keys')
    return new TraceFault(pathText([...issue.path, issue.keys[0] ?? '']), 'this field is not known');
  const message = issue.message.replace(/\.$/, '');
  return new TraceFault(pathText(issue.path), message.charAt(0).toLowerCase() + message.slice(1));
};
