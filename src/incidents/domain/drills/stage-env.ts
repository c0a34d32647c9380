/** Every address of the outside world; a test compares them with all that the configuration knows. */
export const OUTSIDE_ADDRESSES = [
  'TIKTOK_API_URL',
  'TIKTOK_AUTHORIZE_URL',
  'INSTAGRAM_GRAPH_URL',
  'INSTAGRAM_RUPLOAD_URL',
  'INSTAGRAM_AUTHORIZE_URL',
  'INSTAGRAM_TOKEN_URL',
  'FACEBOOK_GRAPH_URL',
  'FACEBOOK_DIALOG_URL',
  'YOUTUBE_API_URL',
  'YOUTUBE_UPLOAD_URL',
  'GOOGLE_AUTHORIZE_URL',
  'GOOGLE_TOKEN_URL',
  'GOOGLE_REVOKE_URL',
  'ATPROTO_SERVICE_URL',
  'ATPROTO_APPVIEW_URL',
  'ATPROTO_PLC_URL',
  'ATPROTO_VIDEO_URL',
  'DISCORD_API_URL',
  'TELEGRAM_API_URL',
  'TWILIO_API_URL',
  'FEEDS_ORIGIN',
  'JETSTREAM_URL',
] as const;

/** Where nobody listens (the discard port): what the sandbox does not play cannot be reached at all. */
export const NOWHERE_URL = 'http://127.0.0.1:9';
const NOWHERE_STREAM = 'ws://127.0.0.1:9';

const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]'];

/** What a stage needs besides the sandbox's own addresses. */
export interface StagePlace {
  readonly databaseUrl: string;
  readonly dataDir: string;
  readonly timeScale: number;
}

/**
 * The whole environment of a stage. Nothing of ours is handed on: every address is the sandbox's or leads nowhere, the
 * database and the keys are its own, mail goes to the sandbox or stays a draft.
 *
 * @param offered what the sandbox says the app should use
 * @param sandboxUrl where the sandbox was found
 * @returns the environment, or the variable whose address is not the sandbox's
 */
export const stageEnv = (
  offered: Readonly<Record<string, string>>,
  sandboxUrl: string,
  { databaseUrl, dataDir, timeScale }: StagePlace,
): { readonly foreignAddress: string } | { readonly env: Readonly<Record<string, string>> } => {
  const hosts = new Set([...LOOPBACK, new URL(sandboxUrl).hostname]);
  const foreign = Object.entries(offered).find(([, value]) => !leadsTo(value, hosts));
  if (foreign) return { foreignAddress: foreign[0] };
  const addresses = Object.fromEntries(OUTSIDE_ADDRESSES.map((name) => [name, offered[name] ?? nowhere(name)]));
  return {
    env: {
      ...offered,
      ...addresses,
      ROLE: 'all',
      HOST: '127.0.0.1',
      PORT: '0',
      DATABASE_URL: databaseUrl,
      DATABASE_POOL_SIZE: '8',
      DATA_DIR: dataDir,
      TIME_SCALE: String(timeScale),
      LOG_LEVEL: 'error',
      RATE_LIMIT_PER_MINUTE: '0',
      METRICS_ENABLED: 'false',
      STATUS_FEEDS: 'none',
      // A minute of the clock is an hour there: quotas of a minute or a day would mean nothing.
      PUBLISH_QUOTAS: 'false',
    },
  };
};

const nowhere = (name: string): string => (name === 'JETSTREAM_URL' ? NOWHERE_STREAM : NOWHERE_URL);

/** What is an address must lead to the sandbox; all else (ids, flags, lists) leads nowhere by itself. */
const leadsTo = (value: string, hosts: ReadonlySet<string>): boolean => {
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(value)) return !/https?:/i.test(value);
  // `{version}` stands in a path.
  const url = URL.parse(value.replace(/[{}]/g, ''));
  return url !== null && hosts.has(url.hostname);
};
