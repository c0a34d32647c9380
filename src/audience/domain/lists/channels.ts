/** How people are reached. */
export const CHANNELS = ['email', 'sms'] as const;
export type Channel = (typeof CHANNELS)[number];

/** What people are written to about: blackouts with their all-clears, and everything else. */
export const TOPICS = ['outages', 'news'] as const;
export type Topic = (typeof TOPICS)[number];

/** One topic on one channel, as `subscriber.accepts` and the consent ledger name it. */
export type Acceptance = `${Channel}:${Topic}`;

export const ACCEPTANCES: readonly Acceptance[] = CHANNELS.flatMap((channel) =>
  TOPICS.map((topic): Acceptance => `${channel}:${topic}`),
);

/** What someone who joins by mail is asked for; the person may narrow it. */
export const BY_MAIL: readonly Acceptance[] = ['email:outages', 'email:news'];

/** The topic a kind of broadcast belongs to. */
export const topicOf = (kind: 'blackout' | 'all_clear' | 'news'): Topic => (kind === 'news' ? 'news' : 'outages');
