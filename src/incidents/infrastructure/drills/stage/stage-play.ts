import { setTimeout as pause } from 'node:timers/promises';
import { MINUTE_MS, plusMs, SECOND_MS } from '../../../../kernel/durations.js';
import { isObstacle } from '../../../../publishing/domain/rehearsal/rehearsal.js';
import type { Reason } from '../../../../routing/domain/route-decision.js';
import type { PlayedDrill } from '../../../domain/drills/drill-stage.port.js';
import { type PlayedCopy, playedFigures } from '../../../domain/drills/played-figures.js';
import type { SandboxControl } from './sandbox-control.js';
import { CAPTION, type Cast, castOf, regionNames, type WrittenPost, writePosts } from './stage-cast.js';
import type { Stage } from './stage.js';
import type { StageProcess } from './stage-process.js';

/** Between two looks, on the stage's clock and on ours. */
const LOOK_EVERY_MS = 2 * MINUTE_MS;
const LEAST_LOOK_MS = 250;
/** Before the first post is due, so that all can be written; and so much more for each. */
const LEAD_MS = 4 * SECOND_MS;
const LEAD_PER_POST_MS = 100;
/** The first posts fall due so long after the break. */
const FIRST_DUE_MS = SECOND_MS;
/** After the repair: ramp, catch-up and late landings at sixty times their speed. */
const SETTLE_WITHIN_MS = 150 * SECOND_MS;
/** Between two catch-ups on a quiet account nothing moves for twelve and a half minutes. */
const QUIET_MS = 14 * MINUTE_MS;
/** Whoever plans the next one looks now and then, at any scale. */
const PLANNERS_LOOK_MS = 3 * SECOND_MS;
const MARKER = new RegExp(`${CAPTION}([0-9a-f]{32}-\\d+)`);
const STAGE_ID = / [0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
const UNSETTLED = ['scheduled', 'held', 'publishing', 'unconfirmed'] as const;

/** Sets the scene, breaks the platform, repairs it, and reads from the sandbox's books what came of it. */
export const playOnStage = async (stage: Stage): Promise<PlayedDrill | undefined> => {
  const { drill, shape, sandbox, timeScale, proceed } = stage;
  if (!(await proceed(0, shape.posts.length))) return undefined;
  const regions = regionNames(shape, drill.id);
  const cast = await castOf(stage, regions);
  const brokenAt = plusMs(new Date(), LEAD_MS + shape.posts.length * LEAD_PER_POST_MS);
  const dueFrom = plusMs(brokenAt, FIRST_DUE_MS);
  const posts = await writePosts(stage, cast, (offsetMs) => plusMs(dueFrom, offsetMs / timeScale));
  const faults: string[] = [];
  try {
    await pause(Math.max(0, brokenAt.getTime() - Date.now()));
    for (const [region, name] of regions)
      if (drill.region === undefined || drill.region === region)
        faults.push(await sandbox.breakPlatform(drill.platform, name));
    const until = plusMs(brokenAt, (drill.durationSeconds * SECOND_MS) / timeScale);
    if (!(await follow(stage, cast, posts, () => Date.now() >= until.getTime()))) return undefined;
  } finally {
    for (const fault of faults) await sandbox.heal(fault);
  }
  const healedAt = new Date();
  const latest = healedAt.getTime() + SETTLE_WITHIN_MS;
  const quietFor = QUIET_MS / timeScale + PLANNERS_LOOK_MS;
  let quietSince: number | undefined;
  const isOver = async () => {
    quietSince = (await isSettled(stage)) ? (quietSince ?? Date.now()) : undefined;
    const now = Date.now();
    return now >= latest || (quietSince !== undefined && now - quietSince >= quietFor);
  };
  if (!(await follow(stage, cast, posts, isOver))) return undefined;
  return measure(stage, { cast, posts, brokenAt, healedAt });
};

/** Looks on until it is over. @returns false when it shall end early */
const follow = async (
  { sandbox, proceed, timeScale }: Stage,
  cast: Cast,
  posts: readonly WrittenPost[],
  isOver: () => Promise<boolean> | boolean,
): Promise<boolean> => {
  for (;;) {
    const live = new Set((await copiesOf(sandbox, cast)).map(({ marker }) => marker));
    if (!(await proceed(live.size, posts.length))) return false;
    if (await isOver()) return true;
    await pause(Math.max(LEAST_LOOK_MS, LOOK_EVERY_MS / timeScale));
  }
};

const isSettled = async ({ app, drill }: Stage): Promise<boolean> => {
  for (const status of UNSETTLED) {
    const { items } = await app.ask<{ items: unknown[] }>('GET', `/v1/targets?limit=1&status=${status}`);
    if (items.length > 0) return false;
  }
  const path = `/v1/incidents?limit=1&status=open&platform=${drill.platform}`;
  return (await app.ask<{ items: unknown[] }>('GET', path)).items.length === 0;
};

/** Live copies of ours, by the marker in their words: adapters put markers of their own into tags. */
const copiesOf = async (sandbox: SandboxControl, { externalIds }: Cast): Promise<readonly PlayedCopy[]> =>
  (await sandbox.posts()).flatMap(({ accountExternalId: externalId, caption, liveAt }) => {
    const marker = MARKER.exec(caption)?.[1];
    const isOurs = externalIds.has(externalId) && marker !== undefined && liveAt !== null;
    return isOurs ? [{ marker, externalId, liveAt: new Date(liveAt) }] : [];
  });

/** What routing said about a post over its life; account ids of the stage mean nothing to anybody. */
const obstaclesOf = async (app: StageProcess, targetId: string): Promise<readonly Reason[]> => {
  const { items } = await app.ask<{ items: { reasons?: readonly Reason[] }[] }>(
    'GET',
    `/v1/targets/${targetId}/events`,
  );
  return items
    .flatMap(({ reasons }) => reasons ?? [])
    .filter(({ code }) => isObstacle(code))
    .map(({ code, text }) => ({ code, text: text.replace(STAGE_ID, '') }));
};

interface Course {
  readonly cast: Cast;
  readonly posts: readonly WrittenPost[];
  readonly brokenAt: Date;
  readonly healedAt: Date;
}

const measure = async (stage: Stage, { cast, posts, brokenAt, healedAt }: Course): Promise<PlayedDrill> => {
  const { timeScale, sandbox, app, drill } = stage;
  const copies = await copiesOf(sandbox, cast);
  const played = [];
  for (const post of posts) played.push({ ...post, obstacles: await obstaclesOf(app, post.targetId) });
  const { figures, counts, obstacles, caughtUp } = playedFigures({ posts: played, copies, healedAt, timeScale });
  const { items } = await app.ask<{ items: { openedAt: string; closedAt?: string }[] }>(
    'GET',
    `/v1/incidents?limit=50&platform=${drill.platform}`,
  );
  const first = items.map(({ openedAt }) => new Date(openedAt)).toSorted((a, b) => a.getTime() - b.getTime())[0];
  const lastClosed = items.every(({ closedAt }) => closedAt)
    ? items
        .map(({ closedAt = '' }) => closedAt)
        .toSorted()
        .at(-1)
    : undefined;
  const since = (from: Date, to: Date) =>
    Math.max(0, Math.round(((to.getTime() - from.getTime()) * timeScale) / SECOND_MS));
  return {
    figures,
    counts,
    obstacles,
    played: {
      timeScale,
      caughtUp,
      duplicates: figures.duplicates,
      ...(first ? { detectedAfterSeconds: since(brokenAt, first) } : {}),
      ...(lastClosed ? { readmittedAfterSeconds: since(healedAt, new Date(lastClosed)) } : {}),
    },
  };
};
