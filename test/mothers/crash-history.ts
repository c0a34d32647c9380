import type {
  AttemptRow,
  EventRow,
  History,
  IntentRow,
  TargetRow,
  TruthCall,
  TruthPost,
} from '../../seeds/crash/checker/rows.ts';

/** When the target of these histories is due; epoch milliseconds. */
export const DUE = 1_000_000;

export const target = (change: Partial<TargetRow> = {}): TargetRow => ({
  id: 'target',
  workspaceId: 'tenant',
  postId: 'post',
  occurrenceId: 'run',
  accountId: 'account',
  platform: 'tiktok',
  role: 'origin',
  rootId: 'target',
  replacementId: null,
  status: 'published',
  version: 1,
  scheduledAt: DUE,
  staleAt: DUE + 3_600_000,
  nextCheckAt: null,
  holdUntil: null,
  holdReason: null,
  platformPostId: null,
  platformHandle: 'handle',
  publishedAt: DUE + 200,
  outcome: null,
  detail: null,
  caption: 'Words [t:1]',
  ...change,
});

export const attempt = (change: Partial<AttemptRow> = {}): AttemptRow => ({
  id: 'attempt',
  workspaceId: 'tenant',
  targetId: 'target',
  postId: 'post',
  accountId: 'account',
  no: 1,
  version: 1,
  fence: 1,
  workerId: 'worker',
  state: 'published',
  handle: 'handle',
  commitStartedAt: DUE + 50,
  callDeadlineAt: DUE + 20_000,
  outcomeAt: DUE + 200,
  createdAt: DUE - 10_000,
  ...change,
});

export const intent = (change: Partial<IntentRow> = {}): IntentRow => ({
  targetId: 'target',
  version: 1,
  fence: 1,
  at: DUE + 5,
  takenBy: 'publish',
  ...change,
});

export const truth = (change: Partial<TruthPost> = {}): TruthPost => ({
  platform: 'tiktok',
  accountExternalId: 'creator',
  platformPostId: null,
  handle: 'handle',
  caption: 'Words [t:1]',
  createdAt: DUE + 100,
  liveAt: DUE + 150,
  ...change,
});

export const call = (change: Partial<TruthCall> = {}): TruthCall => ({
  platform: 'tiktok',
  step: 'upload',
  accountExternalId: 'creator',
  at: DUE + 60,
  ...change,
});

/** A target's history through these states, 10 ms apart from its due instant on. */
export const story = (targetId: string, ...states: readonly string[]): readonly EventRow[] =>
  states.map((to, index) => ({
    targetId,
    seq: index + 1,
    from: states[index - 1] ?? null,
    to,
    cause: 'test',
    actor: 'worker',
    at: index === 0 ? DUE - 60_000 : DUE + index * 10,
  }));

/** One target, published once, as it should be. */
export const history = (change: Partial<History> = {}): History => ({
  targets: [target()],
  attempts: [attempt()],
  intents: [intent()],
  events: story('target', 'scheduled', 'publishing', 'published'),
  accounts: [
    { id: 'account', workspaceId: 'tenant', platform: 'tiktok', externalId: 'creator' },
    { id: 'spare', workspaceId: 'tenant', platform: 'reels', externalId: 'spare' },
  ],
  posts: [{ id: 'post', workspaceId: 'tenant', tags: [] }],
  routes: [
    { id: 'route', workspaceId: 'tenant', scope: 'account', scopeId: 'account', platform: '*', fallbacks: ['spare'] },
    { id: 'any', workspaceId: 'tenant', scope: 'workspace', scopeId: '', platform: '*', fallbacks: [] },
  ],
  recipients: [
    { broadcastId: 'news', workspaceId: 'tenant', subscriberId: 's', email: 'a@example.com', subject: 'News' },
  ],
  left: [],
  truth: [truth()],
  calls: [call()],
  mails: [{ to: 'a@example.com', subject: 'News', at: DUE }],
  snapshots: [],
  kills: [],
  cancels: [],
  edits: [],
  raced: [],
  readAt: DUE + 600_000,
  ...change,
});
