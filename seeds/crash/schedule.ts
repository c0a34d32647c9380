import type { Call } from '../demo/clients.ts';
import { fileForm } from '../demo/clients.ts';
import type { Accounts } from './accounts.ts';
import type { Stage } from './stage.ts';
import type { PlannedPost } from './workload.ts';

/** What the API made of a planned post. */
export interface Scheduled {
  readonly planned: PlannedPost;
  readonly api: Call;
  readonly postId: string;
  readonly targetIds: readonly string[];
  readonly caption: string;
}

const CLIP = 'tea-in-a-minute.mp4';
const AT_ONCE = 6;

interface PostAnswer {
  readonly id: string;
  readonly targets: readonly { readonly id: string }[];
}

/** Uploads the video for both tenants. */
export const uploadClip = ({ apis }: Stage): Promise<readonly string[]> =>
  Promise.all(
    apis.map(async (api) => {
      const form = await fileForm(new URL(`../clips/${CLIP}`, import.meta.url).pathname, CLIP);
      return (await api<{ id: string }>('POST', '/v1/media', form)).id;
    }),
  );

/** Schedules everything in order of its instants; `startMs` is their zero. */
export const scheduleAll = async (
  { apis }: Stage,
  posts: readonly PlannedPost[],
  where: { readonly accounts: Accounts; readonly media: readonly string[]; readonly startMs: number },
): Promise<readonly Scheduled[]> => {
  const waiting = posts.toSorted((a, b) => (a.runs[0]?.atMs ?? 0) - (b.runs[0]?.atMs ?? 0));
  const done: Scheduled[] = [];
  const lane = async (): Promise<void> => {
    for (let planned = waiting.shift(); planned !== undefined; planned = waiting.shift())
      done.push(await schedule(apis[planned.tenant], planned, where));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  return done;
};

const schedule = async (
  api: Call,
  planned: PlannedPost,
  where: { readonly accounts: Accounts; readonly media: readonly string[]; readonly startMs: number },
): Promise<Scheduled> => {
  const [first, ...more] = planned.runs.map(({ atMs }) => ({
    scheduledAt: new Date(where.startMs + atMs).toISOString(),
    targets: planned.places.map(({ platform, account }) => ({
      accountId: where.accounts[planned.tenant]?.[platform][account],
    })),
  }));
  const caption = `Crash run ${planned.marker} as planned`;
  const post = await api<PostAnswer>('POST', '/v1/posts', {
    caption,
    title: `Crash run ${planned.marker}`,
    kind: more.length > 0 ? 'evergreen' : 'one_shot',
    mediaIds: [where.media[planned.tenant]],
    ...first,
  });
  for (const run of more) await api('POST', `/v1/posts/${post.id}/runs`, run);
  return { planned, api, postId: post.id, targetIds: post.targets.map(({ id }) => id), caption };
};
