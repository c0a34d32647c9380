import { z } from 'zod';

const flag = z.enum(['true', 'false']).transform((value) => value === 'true');
const url = z.url();
const seconds = (min: number, max: number, fallback: number) =>
  z.coerce.number().int().min(min).max(max).default(fallback);

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

/**
 * Every environment variable we read, with its default and unit. `.env.example` is checked against this by a test.
 * Platform URLs point at the real services; the sandbox and tests override them (`platforms.md` 0.1).
 */
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
  /** SMTP server for the backup list, `smtp://user:password@host:port`; empty: broadcasts stay drafts. */
  SMTP_URL: z
    .string()
    .regex(/^smtps?:\/\//, 'must start with smtp:// or smtps://')
    .optional(),
  /** Further servers, comma separated, for when the first cannot: the order is the order they are asked in. */
  SMTP_SPARE_URLS: z
    .string()
    .regex(/^(smtps?:\/\/[^\s,]+(\s*,\s*smtps?:\/\/[^\s,]+)*)?$/, 'must be smtp(s) addresses, comma separated')
    .default('')
    .transform((list) => list.split(',').flatMap((entry) => entry.trim() || [])),
  /** The domain that signs mail of MAIL_FROM (DKIM); with DKIM_PRIVATE_KEY. Workspaces bring their own by the API. */
  DKIM_DOMAIN: z.hostname().optional(),
  DKIM_SELECTOR: z
    .string()
    .regex(/^[a-z0-9-]+(\.[a-z0-9-]+)*$/i, 'must be a name such as perennial')
    .default('perennial'),
  /** RSA key of 2048 bits: base64 of PKCS #8, or a PEM with `\n` for its line breaks. Its public half is in DNS. */
  DKIM_PRIVATE_KEY: z.string().min(100).optional(),
  /** From so many recipients on, who sends must say how many there are; 0: never. */
  BROADCAST_CONFIRM_FROM: z.coerce.number().int().min(0).default(1_000),
  /** From so many recipients on, somebody else must have approved the same content; 0: never. */
  BROADCAST_TWO_ACTORS_FROM: z.coerce.number().int().min(0).default(0),
  /** Sender of all mail. */
  MAIL_FROM: z.string().min(3).default('Perennial <news@localhost>'),
  /**
   * Domain of the envelope senders that tell which mail came back; its MX leads to BOUNCE_SMTP_PORT, or its mail to the
   * mailbox of BOUNCE_IMAP_URL. Empty: mail keeps the address of MAIL_FROM.
   */
  BOUNCE_DOMAIN: z
    .string()
    .regex(/^(?=.{4,190}$)[a-z0-9-]+(\.[a-z0-9-]+)+$/, 'must be a host name in lower case')
    .optional(),
  /** Where mail that comes back is taken by SMTP, in processes that serve HTTP. Empty: nowhere; 0: any free port. */
  BOUNCE_SMTP_HOST: z.string().min(1).default('127.0.0.1'),
  BOUNCE_SMTP_PORT: z.coerce.number().int().min(0).max(65_535).optional(),
  /** PEM files of certificate and key; both empty: no STARTTLS. */
  BOUNCE_SMTP_TLS_CERT: z.string().min(1).optional(),
  BOUNCE_SMTP_TLS_KEY: z.string().min(1).optional(),
  /** A mailbox with reports, `imaps://user:password@host/INBOX`, read once a minute and never changed. */
  BOUNCE_IMAP_URL: z
    .url()
    .regex(/^imaps?:\/\/[^@/]+@/, 'must be imaps://user:password@host/mailbox')
    .optional(),
  /** SNS topics of Amazon SES that are believed: ARNs, comma separated. Empty: POST /v1/hooks/mail/ses is closed. */
  MAIL_HOOK_SES_TOPICS: z
    .string()
    .regex(/^(arn:[\w:.-]+(,\s*arn:[\w:.-]+)*)?$/, 'must be ARNs of SNS topics, comma separated')
    .default('')
    .transform((list) => list.split(',').flatMap((topic) => topic.trim() || [])),
  /** Verification key of SendGrid's signed event webhook, as SendGrid shows it. */
  MAIL_HOOK_SENDGRID_KEY: z
    .string()
    .regex(/^[A-Za-z0-9+/]{100,200}={0,2}$/, 'must be the base64 verification key')
    .optional(),
  /** `user:password` in the address that Postmark calls. */
  MAIL_HOOK_POSTMARK_CREDENTIALS: z
    .string()
    .regex(/^[^:]+:.{12,}$/, 'must be user:password, the password at least 12 characters long')
    .optional(),
  /** Mailgun's HTTP webhook signing key. */
  MAIL_HOOK_MAILGUN_KEY: z.string().min(16).optional(),
  /** The SMS provider: Twilio, or one that speaks its Messages API. Both empty: no text leaves. */
  TWILIO_API_URL: url.default('https://api.twilio.com'),
  TWILIO_ACCOUNT_SID: z
    .string()
    .regex(/^(AC[0-9a-f]{32})?$/, 'must be AC and 32 hexadecimal digits')
    .default(''),
  /** Also proves the forms that the provider posts to us. */
  TWILIO_AUTH_TOKEN: z.string().default(''),
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

  TIKTOK_API_URL: url.default('https://open.tiktokapis.com'),
  TIKTOK_AUTHORIZE_URL: url.default('https://www.tiktok.com/v2/auth/authorize/'),
  TIKTOK_CLIENT_KEY: z.string().default(''),
  TIKTOK_CLIENT_SECRET: z.string().default(''),
  /** `file`: we send the bytes. `url`: TikTok fetches them from PUBLIC_URL, whose domain must be verified there. */
  TIKTOK_SOURCE: z.enum(['file', 'url']).default('file'),
  /** `false` until TikTok has audited the app: posts are then private only. */
  TIKTOK_AUDITED: flag.default(true),
  INSTAGRAM_GRAPH_URL: url.default('https://graph.instagram.com'),
  INSTAGRAM_RUPLOAD_URL: url.default('https://rupload.facebook.com'),
  INSTAGRAM_AUTHORIZE_URL: url.default('https://www.instagram.com/oauth/authorize'),
  INSTAGRAM_TOKEN_URL: url.default('https://api.instagram.com/oauth/access_token'),
  INSTAGRAM_APP_ID: z.string().default(''),
  INSTAGRAM_APP_SECRET: z.string().default(''),
  FACEBOOK_GRAPH_URL: url.default('https://graph.facebook.com'),
  FACEBOOK_DIALOG_URL: z.string().min(1).default('https://www.facebook.com/{version}/dialog/oauth'),
  FACEBOOK_APP_ID: z.string().default(''),
  FACEBOOK_APP_SECRET: z.string().default(''),
  /** `bytes`: we send the file. `url`: Instagram fetches it from PUBLIC_URL. */
  REELS_SOURCE: z.enum(['bytes', 'url']).default('bytes'),
  META_VERSION: z
    .string()
    .regex(/^v\d+\.\d+$/)
    .default('v25.0'),
  YOUTUBE_API_URL: url.default('https://www.googleapis.com/youtube/v3'),
  YOUTUBE_UPLOAD_URL: url.default('https://www.googleapis.com/upload/youtube/v3'),
  GOOGLE_AUTHORIZE_URL: url.default('https://accounts.google.com/o/oauth2/v2/auth'),
  GOOGLE_TOKEN_URL: url.default('https://oauth2.googleapis.com/token'),
  GOOGLE_REVOKE_URL: url.default('https://oauth2.googleapis.com/revoke'),
  /** Uploads a day that Google grants the project, over all accounts; 0: not counted by us. */
  YOUTUBE_DAILY_INSERTS: z.coerce.number().int().min(0).default(100),
  GOOGLE_CLIENT_ID: z.string().default(''),
  GOOGLE_CLIENT_SECRET: z.string().default(''),
  ATPROTO_SERVICE_URL: url.default('https://bsky.social'),
  ATPROTO_APPVIEW_URL: url.default('https://public.api.bsky.app'),
  ATPROTO_PLC_URL: url.default('https://plc.directory'),
  ATPROTO_VIDEO_URL: url.default('https://video.bsky.app'),
  ATPROTO_VIDEO_DID: z
    .string()
    .regex(/^did:web:[\w.:%-]+$/)
    .default('did:web:video.bsky.app'),
  /** Private ES256 key (JWK with `kid`) that proves our OAuth client; empty: a public client, its sessions end after two weeks. */
  ATPROTO_CLIENT_KEY: z.string().default(''),
  /** `video`: through the video service, playable at once. `blob`: straight to the account's server. */
  SKYLIGHT_UPLOAD: z.enum(['video', 'blob']).default('video'),
  DISCORD_API_URL: url.default('https://discord.com/api/v10'),
  TELEGRAM_API_URL: url.default('https://api.telegram.org'),
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
