import { createHash } from 'node:crypto';
import type { PlayedPost } from '../../../domain/drills/played-figures.js';
import type { QueueShape } from '../../../domain/drills/queue-shape.js';
import type { Stage } from './stage.js';
import { standInClip } from './stand-in-clip.js';

/** Accounts of the stage, by the key of the shape. */
export interface Cast {
  readonly ids: ReadonlyMap<string, { readonly id: string; readonly externalId: string }>;
  readonly externalIds: ReadonlySet<string>;
  readonly mediaId: string;
}

/** A post as it was written on the stage. */
export interface WrittenPost extends Omit<PlayedPost, 'obstacles'> {
  /** Its target on the platform that breaks. */
  readonly targetId: string;
}

/** Posts written at once. */
const AT_ONCE = 4;
/** What every caption begins with; the marker follows. */
export const CAPTION = 'Drill ';
const LETTERS = 'abcdefghijklmnopqrstuvwxyz';

/** How the names of a drill's regions begin. */
export const regionMark = (drillId: string): string =>
  [...createHash('sha256').update(drillId).digest().subarray(0, 8)].map((byte) => LETTERS[byte % 26]).join('');

/**
 * Regions of the stage: names that no other drill uses, so that a fault ordered for them strikes nobody else in a
 * sandbox that several share.
 */
export const regionNames = ({ accounts }: QueueShape, drillId: string): ReadonlyMap<string, string> => {
  const regions = [...new Set(accounts.map(({ region }) => region))];
  const letters = (index: number) => `${LETTERS[Math.floor(index / 26) % 26]}${LETTERS[index % 26]}`;
  return new Map(regions.map((region, index) => [region, `${regionMark(drillId)}${letters(index)}`]));
};

/** Makes the accounts in the sandbox, connects them to the stage, and gives it the routes. */
export const castOf = async ({ shape, sandbox, app }: Stage, regions: ReadonlyMap<string, string>): Promise<Cast> => {
  const ids = new Map<string, { id: string; externalId: string }>();
  for (const { key, platform, region: real } of shape.accounts) {
    const region = regions.get(real) ?? '';
    const { externalId, credentials } = await sandbox.createAccount(platform, region);
    const { id } = await app.ask<{ id: string }>('POST', '/v1/accounts', { platform, region, credentials });
    ids.set(key, { id, externalId });
  }
  for (const { key, policy } of shape.routes) {
    const fallbacks = policy.fallbacks.flatMap((account) => ids.get(account)?.id ?? []);
    await app.ask('POST', '/v1/routes', { ...policy, scope: 'tag', scopeId: key, fallbacks, announce: [] });
  }
  const form = new FormData();
  form.append('file', new Blob([await standInClip()], { type: 'video/mp4' }), 'drill.mp4');
  const { id: mediaId } = await app.ask<{ id: string }>('POST', '/v1/media', form);
  return { ids, externalIds: new Set([...ids.values()].map(({ externalId }) => externalId)), mediaId };
};

interface Written {
  readonly targets: readonly { readonly id: string; readonly accountId: string }[];
}

/** Schedules every post of the shape; its marker stands in its caption. */
export const writePosts = async (
  { app, drill, shape }: Stage,
  { ids, mediaId }: Cast,
  dueAtOf: (offsetMs: number) => Date,
): Promise<readonly WrittenPost[]> => {
  const platforms = new Map(shape.accounts.map(({ key, platform }) => [key, platform]));
  const waiting = shape.posts.entries();
  const written: WrittenPost[] = [];
  const work = async () => {
    for (const [index, { offsetMs, accountKeys, routeKey }] of waiting) {
      const origin = accountKeys.find((key) => platforms.get(key) === drill.platform);
      const marker = `${drill.id.replaceAll('-', '')}-${index}`;
      const dueAt = dueAtOf(offsetMs);
      const { targets } = await app.ask<Written>('POST', '/v1/posts', {
        caption: `${CAPTION}${marker}`,
        title: 'Drill',
        tags: [routeKey],
        mediaIds: [mediaId],
        scheduledAt: dueAt.toISOString(),
        targets: accountKeys.flatMap((key) => ids.get(key) ?? []).map(({ id }) => ({ accountId: id })),
      });
      const account = ids.get(origin ?? '');
      const targetId = targets.find(({ accountId }) => accountId === account?.id)?.id ?? '';
      written.push({ marker, dueAt, targetId, originExternalId: account?.externalId ?? '' });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return written;
};
