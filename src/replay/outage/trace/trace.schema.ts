import { z } from 'zod';
import { ACCOUNT_FAULT_KINDS, COUNTER_MODES, TRUTH_CAPABILITIES } from './trace.js';

const rate = z.number().min(0).max(1);
const minute = z.number().min(0);
const positive = z.number().positive();
const count = z.number().int().min(0);
const name = z.string().min(1);

const spread = z
  .strictObject({ p50: positive, p95: positive })
  .refine(({ p50, p95 }) => p95 >= p50, { path: ['p95'], message: 'p95 must be at least p50' });
const views = z.strictObject({ firstHourMedian: positive });
const counters = z.enum(COUNTER_MODES);

const upload = z.strictObject({
  errorRate: rate,
  timeoutRate: rate,
  acceptedLostRate: rate,
  rateLimitRate: rate,
  retryAfterSeconds: z.number().min(0),
  latencyMs: spread,
});
const process = z.strictObject({ delaySeconds: spread, rejectRate: rate, stallRate: rate });
const read = z.strictObject({ errorRate: rate, latencyMs: spread, listLagMinutes: z.number().min(0), omitRate: rate });
const auth = z.strictObject({ errorRate: rate });
const normal = z.strictObject({ upload, process, read, auth, counters, views });

interface Span {
  readonly fromMinute: number;
  readonly toMinute: number;
}

const isForward = ({ fromMinute, toMinute }: Span): boolean => toMinute > fromMinute;
const forward = { path: ['toMinute'], message: 'toMinute must be after fromMinute' };
const span = { fromMinute: minute, toMinute: minute };
const regions = z.array(name).min(1).optional();

const phase = z
  .strictObject({
    ...span,
    name: z.string().optional(),
    regions,
    upload: upload.partial().optional(),
    process: process.partial().optional(),
    read: read.partial().optional(),
    auth: auth.partial().optional(),
    counters: counters.optional(),
    views: views.optional(),
  })
  .refine(isForward, forward);

const truth = z
  .strictObject({ ...span, capability: z.enum(TRUTH_CAPABILITIES), state: z.enum(['degraded', 'down']), regions })
  .refine(isForward, forward);

const accountFault = z
  .strictObject({
    ...span,
    platform: name,
    account: count.optional(),
    workspace: count.optional(),
    kind: z.enum(ACCOUNT_FAULT_KINDS),
  })
  .refine(isForward, forward)
  .refine(({ account, workspace }) => (account === undefined) !== (workspace === undefined), {
    message: 'name either an account or a workspace',
  });

const localFault = z.strictObject({ ...span, kind: z.literal('no_connectivity') }).refine(isForward, forward);

const quota = z.record(name, z.strictObject({ perAccountPerDay: count }));

const workload = z.strictObject({
  postsPerHour: count,
  onTheHourShare: rate,
  targetsPerPost: z.record(name, rate),
  evergreenShare: rate.default(0),
});

const policy = z.strictObject({
  onDegraded: z.enum(['publish', 'hold', 'reroute']).default('publish'),
  onDown: z.enum(['publish', 'hold', 'reroute']).default('reroute'),
  onUnknown: z.enum(['wait', 'reroute']).default('wait'),
  onAccountTrouble: z.enum(['hold', 'reroute']).default('reroute'),
  fallbacks: z.record(name, z.array(name)).default({}),
  holdForMinutes: z.number().min(0).default(30),
  staleAfterMinutes: positive.default(2_880),
  failback: z.enum(['none', 'catch_up']).default('none'),
  quota: quota.optional(),
});

/** The shape of a trace; what several fields say together is checked in `check-trace.ts`. */
export const TRACE_SCHEMA = z.strictObject({
  format: z.literal('outage-trace/1'),
  name,
  seed: z.number().int(),
  start: z.iso.datetime({ offset: true }),
  durationMinutes: positive,
  platforms: z
    .record(name, z.strictObject({ normal, phases: z.array(phase).default([]), truth: z.array(truth).default([]) }))
    .refine((platforms) => Object.keys(platforms).length > 0, { message: 'name at least one platform' }),
  accounts: z.record(name, count),
  workspaces: z.number().int().positive(),
  regions: z
    .record(name, rate)
    .refine((shares) => Object.keys(shares).length > 0, { message: 'name at least one region' }),
  accountFaults: z.array(accountFault).default([]),
  localFaults: z.array(localFault).default([]),
  workload,
  policy,
  quota: quota.optional(),
});
