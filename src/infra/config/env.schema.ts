import { z } from 'zod';
import { flag, seconds, url } from './env.fields.js';
import { mailEnv } from './mail.env.js';
import { platformEnv } from './platform.env.js';

/** A count of hops, or a list for Express; the names are Express's own for private networks. */
const trustedProxies = z
  .string()
  .regex(
    /^(\d{1,2}|(loopback|linklocal|uniquelocal|[0-9a-fA-F.:]+(\/\d{1,3})?)(,\s*(loopback|linklocal|uniquelocal|[0-9a-fA-F.:]+(\/\d{1,3})?))*)$/,
    {
      message: 'must be a number of proxies, or their addresses or networks, comma separated',
    },
  )
  .transform((value): number | string[] => (/^\d+$/.test(value) ? Number(value) : value.split(/,\s*/)))
  .default(0);

/** Every environment variable we read, with its default and unit. `.env.example` is checked against this by a test. */
export const envSchema = z.object({
  /** What this process does: serve HTTP, publish, or both. */
  ROLE: z.enum(['api', 'worker', 'all']).default('all'),
  /** Interface and port of the HTTP server; port 0 takes a free one. */
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  /** Address under which the outside reaches us: links in mails, hand-off pages. Derived from HOST and PORT when empty. */
  PUBLIC_URL: url.optional(),
  /** PostgreSQL 15 or newer. Empty: a private server is started under DATA_DIR. */
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'must start with postgres://')
    .optional(),
  /** Connections this process may open to the database. */
  DATABASE_POOL_SIZE: z.coerce.number().int().min(4).max(200).default(20),
  /** Private database, uploaded media, generated keys. */
  DATA_DIR: z.string().min(1).default('.data'),
  /**
   * Keys that encrypt account tokens: `id:base64` of 32 bytes, comma separated; the first encrypts, all decrypt.
   * Empty: one is generated into DATA_DIR/secret.key.
   */
  ENCRYPTION_KEYS: z
    .string()
    .regex(/^[\w-]+:[A-Za-z0-9+/]{43}=(,[\w-]+:[A-Za-z0-9+/]{43}=)*$/, 'must be id:base64(32 bytes), comma separated')
    .optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  /** Divides dwell, ramp, reconcile, hold and stale intervals; 1 in production, 60 in the demo. */
  TIME_SCALE: z.coerce.number().min(1).max(3600).default(1),
  /** Largest upload accepted, bytes (default 4 GiB, what the most generous platform takes). */
  MEDIA_MAX_BYTES: z.coerce.number().int().min(1).default(4_294_967_296),
  /** Largest file of posts accepted, bytes (default 100 MiB: 100,000 rows with long words). */
  CSV_MAX_BYTES: z.coerce.number().int().min(1).default(104_857_600),
  /** Largest file of subscribers accepted, bytes (default 512 MiB: two million rows with long attributes). */
  LIST_CSV_MAX_BYTES: z.coerce.number().int().min(1).default(536_870_912),
  /** Where videos live: files under DATA_DIR, or an S3 bucket that all processes share. */
  MEDIA_STORAGE: z.enum(['disk', 's3']).default('disk'),
  /** Empty: the bucket's address at AWS. */
  S3_ENDPOINT: url.optional(),
  S3_REGION: z.string().min(1).default('us-east-1'),
  S3_BUCKET: z.string().default(''),
  /** Both empty: the SDK's own chain (instance role, profile). */
  S3_ACCESS_KEY_ID: z.string().default(''),
  S3_SECRET_ACCESS_KEY: z.string().default(''),
  /** Bucket in the path instead of the host, as most servers other than AWS want it. */
  S3_FORCE_PATH_STYLE: flag.default(false),
  /** The program that makes renditions and thumbnails; looked for in PATH. */
  FFMPEG_PATH: z.string().min(1).default('ffmpeg'),
  /** Longest time and most memory one rendition may take; an encode at 1080x1920 needs 1.5 GB of address space. */
  RENDER_TIMEOUT_SECONDS: seconds(10, 7200, 900),
  RENDER_MEMORY_MB: z.coerce.number().int().min(1536).max(65_536).default(2048),
  /**
   * Host names and CIDR blocks that user-given addresses may point at although they are not public, comma separated:
   * a PDS in the own network, the sandbox. Empty in production.
   */
  FETCH_ALLOW: z
    .string()
    .default('')
    .transform((list) => list.split(',').flatMap((entry) => entry.trim() || [])),
  /** How long events can be read again by who follows them. */
  EVENT_KEEP_DAYS: z.coerce.number().int().min(1).max(3_650).default(30),
  /** Requests a minute that one API key may make, and one client address without a key; 0: no limit. */
  RATE_LIMIT_PER_MINUTE: z.coerce.number().int().min(0).max(1_000_000).default(600),
  /** The same for sign-up, confirmation and hand-off pages, by client address. */
  RATE_LIMIT_PUBLIC_PER_MINUTE: z.coerce.number().int().min(0).max(1_000_000).default(60),
  /**
   * Proxies before us, whose word on the client's address counts: how many, or their addresses and networks, comma
   * separated. Empty: none, the address is the connection's.
   */
  TRUST_PROXY: trustedProxies,
  /** How long a post waits for the person who posts it by hand, unless it is stale before. */
  HANDOFF_EXPIRE_SECONDS: seconds(60, 2_592_000, 86_400),
  /** Days ahead for which runs are made of queues and recurring posts; beyond, the calendar shows a forecast. */
  PLANNING_HORIZON_DAYS: z.coerce.number().int().min(1).max(366).default(30),
  /** Publish calls one process runs at once. */
  PUBLISH_CONCURRENCY: z.coerce.number().int().min(1).max(1000).default(32),
  /** Publish calls one process begins per platform and second; 0: no limit (load tests). */
  PUBLISH_PER_PLATFORM_PER_SECOND: z.coerce.number().min(0).max(10_000).default(50),
  /** Whether the platforms' publishing quotas are reserved beforehand; off for load tests on few accounts. */
  PUBLISH_QUOTAS: flag.default(true),
  /** Whether counters of published posts are read; off for tests and load. */
  METRICS_ENABLED: flag.default(true),
  /** What Prometheus must send as a bearer token to read /metrics; empty: everyone who reaches the port may. */
  METRICS_TOKEN: z.string().min(16).optional(),
  /** Between two probes of one platform, seconds. */
  PROBE_INTERVAL_SECONDS: seconds(1, 3600, 15),
  /** Off where a test wants to drive health by hand. */
  PROBES_ENABLED: flag.default(true),
  /**
   * Addresses of no platform, comma separated: while none of them answers and two platforms fail, the trouble is ours
   * and publishing pauses. Empty: off.
   */
  CONNECTIVITY_URLS: z
    .string()
    .regex(/^$|^https?:\/\/[^\s,]+(\s*,\s*https?:\/\/[^\s,]+)*$/, 'must be http(s) addresses, comma separated')
    .default(''),
  /** Observations of the platforms are kept so many days; verdicts replay as long. */
  SIGNAL_RETENTION_DAYS: z.coerce.number().int().min(1).max(90).default(7),
  /** Status pages followed without being asked: `all`, `none`, or names of built-in feeds, comma separated. */
  STATUS_FEEDS: z
    .string()
    .regex(/^[a-z0-9-]+(\s*,\s*[a-z0-9-]+)*$/, 'must be all, none, or names of feeds, comma separated')
    .default('all')
    .transform((list) => list.split(',').map((name) => name.trim())),
  /** Between two looks at a built-in status page, seconds. */
  STATUS_FEEDS_EVERY_SECONDS: seconds(1, 3600, 300),
  /** Put before every host of the built-in feeds and of Apple's charts, for the sandbox; empty: the hosts themselves. */
  FEEDS_ORIGIN: url.optional(),
  /** Between two looks of the radar at a chart or RSS feed, seconds; Apple's charts change a few times a day. */
  RADAR_EVERY_SECONDS: seconds(1, 86_400, 1800),
  /** Where the radar listens for mentions; called only while a watch asks for it. */
  JETSTREAM_URL: z
    .string()
    .regex(/^wss?:\/\//, 'must start with wss:// or ws://')
    .default('wss://jetstream2.us-east.bsky.network/subscribe'),
  /** A session ends when its person asks for nothing this long, and when it is this old, whatever happens. */
  SESSION_IDLE_SECONDS: seconds(60, 2_592_000, 86_400),
  SESSION_MAX_SECONDS: seconds(60, 2_592_000, 2_592_000),
  /** What one password hash (argon2id) costs: memory and passes, as OWASP recommends them. Less only in tests. */
  PASSWORD_MEMORY_KIB: z.coerce.number().int().min(64).max(1_048_576).default(19_456),
  PASSWORD_PASSES: z.coerce.number().int().min(2).max(20).default(2),
  /** Region of the first workspace; health is kept per region. */
  DEFAULT_REGION: z
    .string()
    .regex(/^[a-z]{2,10}$/)
    .default('us'),

  /** Control address of a sandbox (`npm run sandbox` prints it) in which drills may be played; empty: only dry runs. */
  SANDBOX_URL: url.optional(),

  ...mailEnv,
  ...platformEnv,
});

export type Env = Readonly<z.infer<typeof envSchema>>;

/** The configuration is wrong; `faults` names every variable that is. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  constructor(readonly faults: readonly string[]) {
    super(`Configuration refused:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
  }
}

/**
 * Parses the environment once. Empty strings count as unset, as compose files write them.
 * @throws ConfigError listing every fault at once
 */
export const parseEnv = (source: Readonly<Record<string, string | undefined>>): Env => {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = envSchema.safeParse(given);
  if (parsed.success) return Object.freeze(parsed.data);
  throw new ConfigError(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`));
};

/**
 * The environment of this process.
 * @throws ConfigError listing every fault at once
 */
export const loadEnv = (): Env => parseEnv(process.env);
