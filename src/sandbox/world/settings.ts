/** What a second `media_publish` of a published container does; the documents do not say, so test against the worst. */
export const SECOND_PUBLISH_MODES = ['error', 'same', 'duplicate'] as const;

/** Everything about the imitated world that tests may turn; `POST /__sim/settings` takes any part of it. Times in ms. */
export const DEFAULT_SETTINGS = {
  /** Last byte to `PUBLISH_COMPLETE`. */
  tiktokProcessingMs: 300,
  /** `PUBLISH_COMPLETE` to the public id. */
  tiktokPublicIdMs: 300,
  /** Enforces the per-minute limits of `platforms.md` 1.9 (init 6, creator_info 20, status 30 per token). */
  tiktokRateLimits: false,
  /** An app before its audit: only `SELF_ONLY` posts of private accounts are taken, of 5 accounts in 24 h. */
  tiktokUnaudited: false,
  /** Posts per creator and rolling day; about 15 in the real world. 0 = no limit. */
  tiktokDailyPosts: 0,
  /** Registered redirect addresses, comma separated; empty: any. */
  tiktokRedirectUris: '',
  /** Where events are told; empty: nowhere. */
  tiktokWebhookUrl: '',
  /** How often each event is sent although it was taken. */
  tiktokWebhookCopies: 1,
  /** How long events gather before they are sent, and whether the newest then goes first. */
  tiktokWebhookDelayMs: 0,
  tiktokWebhooksReversed: false,
  /** 2 h and 180 days since November 2026; older apps may have 24 h (86,400) and 365 days (31,536,000). */
  tiktokAccessTokenSeconds: 7_200,
  tiktokRefreshTokenSeconds: 15_552_000,
  /** Older apps: a refresh leaves the previous refresh token alive. */
  tiktokKeepOldRefreshToken: false,
  /** HTTP status of OAuth errors; 200 has been seen in the field and is the harder case. */
  tiktokOauthErrorStatus: 200,
  /** Last byte to container `FINISHED`. */
  reelsProcessingMs: 300,
  reelsSecondPublish: 'duplicate',
  /** Posts per rolling 24 h, enforced at `media_publish`. */
  reelsQuotaTotal: 50,
  /** How long reading a fresh media id fails with 100/33. */
  reelsReadLagMs: 2_000,
  /** How long insights of a fresh reel are an empty list (`platforms.md` 2.4: up to 48 h). */
  reelsInsightsLagMs: 172_800_000,
  /** The owner hides likes: `like_count` is left out. */
  reelsHidesLikes: false,
  /** Calls per account and rolling day; 0 = no limit. Shown in percent by the usage headers. */
  reelsCallBudget: 0,
  /** Instagram Login takes resumable uploads; the documents contradict each other. */
  instagramResumable: true,
  /** The short token comes as `{data: [...]}`, the newer of the two shapes. */
  instagramWrappedTokens: false,
  /** The Facebook app demands `appsecret_proof` on every call. */
  facebookNeedsProof: false,
  /** Final byte to `processed`. */
  shortsProcessingMs: 300,
  /** How long a new video is missing from the uploads playlist. */
  shortsListLagMs: 0,
  /** The project has not passed its audit: every upload becomes private. */
  shortsForcedPrivate: false,
  /** `videos.insert` calls per Pacific day and project; YouTube's default is 100. 0 = no limit, as below. */
  shortsDailyInserts: 0,
  /** `videos.batchGetStats` calls per Pacific day; YouTube's default is 10,000. */
  shortsDailyBatchStats: 0,
  /** Units of all other calls per Pacific day (reads 1, delete 50); YouTube's default is 10,000. */
  shortsDailyUnits: 0,
  /** Uploads per channel and rolling day, refused with `uploadLimitExceeded`; YouTube publishes no figure. */
  shortsChannelDailyUploads: 0,
  /** How long an upload session lives; not documented for YouTube, about a week elsewhere at Google. */
  shortsSessionLifeMs: 604_800_000,
  shortsAccessTokenSeconds: 3_599,
  /** The consent screen is in "Testing": refresh tokens die after 7 days. */
  shortsTestingApp: false,
  /** A file the channel has already is rejected with `duplicate`. */
  shortsRejectDuplicates: false,
  /** Enforces 5 messages per 2 s and webhook or bot. */
  discordRateLimits: false,
  /** Enforces one message per second and chat. */
  telegramRateLimits: false,
  /** Every group has become a supergroup: its old id answers with the new one. */
  telegramMigrated: false,
  /** Where phones' messages are posted; empty: nowhere. */
  smsInboundUrl: '',
  /** A text taken to its delivery. */
  smsDeliveryMs: 100,
  /** How often each receipt is posted. */
  smsWebhookCopies: 1,
  /** Last byte to a finished video job. */
  skylightVideoProcessingMs: 300,
  /** `uploadVideo` wraps its job in `jobStatus`, as the lexicon says; the live service does not. */
  skylightVideoNested: false,
  /** Videos and bytes per account and day that the video service takes. */
  skylightDailyVideos: 25,
  skylightDailyBytes: 10_000_000_000,
  /** Largest video the video service takes. */
  skylightVideoMaxBytes: 100_000_000,
  /** How long the AppView does not know a new post. */
  skylightAppViewLagMs: 0,
};
export type Settings = typeof DEFAULT_SETTINGS;

/** @returns the names of unknown settings and of values with another type than the default's; empty when all fit */
export const settingFaults = (patch: Readonly<Record<string, unknown>>): readonly string[] => {
  const faults: string[] = [];
  for (const [name, value] of Object.entries(patch)) {
    const known = (DEFAULT_SETTINGS as Record<string, unknown>)[name];
    if (typeof known !== typeof value) faults.push(name);
    if (name === 'reelsSecondPublish' && !SECOND_PUBLISH_MODES.some((mode) => mode === value)) faults.push(name);
  }
  return faults;
};
