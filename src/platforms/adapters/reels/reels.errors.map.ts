import { DAY_MS, MINUTE_MS } from '../../../kernel/durations.js';
import {
  accountIssue,
  lostConsent,
  type Meaning,
  platformRejected,
  staleToken,
  throttledFor,
  unavailable,
  unknown,
  userContent,
} from '../../domain/refusal.js';

/**
 * What a code means by the moment it comes at (`platforms.md` 2.5). Before `media_publish` nothing can become visible;
 * `restart` says that this container is dead and a new one is needed. At `media_publish` many codes were seen on posts
 * that did land: those are `unknown`.
 */
export interface GraphMeaning {
  readonly prepare: Meaning | 'restart';
  readonly publish: Meaning;
}

const both = (meaning: Meaning): GraphMeaning => ({ prepare: meaning, publish: meaning });
const cap = throttledFor('account', DAY_MS);
/** When the usage headers name no time. */
const slowApp = throttledFor('app', 15 * MINUTE_MS);
const slowAccount = throttledFor('account', 15 * MINUTE_MS);
const brokenUpload: GraphMeaning = { prepare: 'restart', publish: unknown };

/** Keyed `code/subcode`, or `code` for every other subcode of it. Not listed: unknown, both ways. */
export const REELS_ERRORS: ReadonlyMap<string, GraphMeaning> = new Map<string, GraphMeaning>([
  ['-2/2207003', { prepare: 'restart', publish: unavailable }],
  ['-2/2207020', { prepare: 'restart', publish: unavailable }],
  ['-1/2207001', { prepare: unavailable, publish: unknown }],
  ['-1/2207032', { prepare: 'restart', publish: unknown }],
  ['-1/2207053', { prepare: 'restart', publish: unknown }],
  ['1/2207057', both(userContent)],
  // Seen on publishes that did land.
  ['4/2207051', { prepare: cap, publish: unknown }],
  ['9/2207042', both(cap)],
  ['24/2207006', { prepare: 'restart', publish: unknown }],
  ['24/2207008', { prepare: 'restart', publish: unknown }],
  ['25/2207050', both(accountIssue)],
  ['100/2207023', both(platformRejected)],
  ['100/2207028', both(platformRejected)],
  ['100/2207035', both(userContent)],
  ['100/2207036', both(userContent)],
  ['100/2207037', both(userContent)],
  ['100/2207040', both(userContent)],
  ['100/33', { prepare: unavailable, publish: unknown }],
  ['100', both(platformRejected)],
  ['352/2207026', both(userContent)],
  // Our own server could not be reached; a container that ended so is made anew a few times (`reels.container.ts`).
  ['9004/2207052', { prepare: unavailable, publish: unknown }],
  // Not ready: nothing was published, the container is polled on.
  ['9007/2207027', both(unavailable)],
  ['36000/2207004', both(userContent)],
  ['36001/2207005', both(userContent)],
  ['36003/2207009', both(userContent)],
  ['36004/2207010', both(userContent)],
  ['1', { prepare: unavailable, publish: unknown }],
  ['2', { prepare: unavailable, publish: unknown }],
  ['4', both(slowApp)],
  ['17', both(slowAccount)],
  ['32', both(slowAccount)],
  ['613', both(slowAccount)],
  ['80002', both(slowAccount)],
  ['10', both(lostConsent)],
  ['102', both(staleToken)],
  ['190/458', both(lostConsent)],
  ['190/459', both(lostConsent)],
  ['190/460', both(lostConsent)],
  ['190/464', both(lostConsent)],
  ['190/492', both(lostConsent)],
  // 463 expired, 467 invalid, and no subcode: one refresh may help.
  ['190', both(staleToken)],
  ['341', both(cap)],
  ['368', both(cap)],
  // "Duplicate": perhaps of our own first try.
  ['506', { prepare: userContent, publish: unknown }],
]);

/** Field reports name these by subcode alone; they also stand in the `status` text of a container in `ERROR`. */
export const REELS_SUBCODES: ReadonlyMap<number, GraphMeaning> = new Map<number, GraphMeaning>([
  [2207001, { prepare: unavailable, publish: unknown }],
  [2207003, { prepare: 'restart', publish: unavailable }],
  [2207009, both(userContent)],
  [2207010, both(userContent)],
  [2207020, { prepare: 'restart', publish: unavailable }],
  [2207026, both(userContent)],
  [2207032, { prepare: 'restart', publish: unknown }],
  [2207050, both(accountIssue)],
  [2207052, { prepare: unavailable, publish: unknown }],
  [2207053, { prepare: 'restart', publish: unknown }],
  [2207057, both(userContent)],
  [2207067, brokenUpload],
  [2207076, brokenUpload],
  [2207077, brokenUpload],
  [2207081, { prepare: accountIssue, publish: accountIssue }],
  [2207082, brokenUpload],
  [2207085, brokenUpload],
]);

/** Permission codes are a range. */
export const isPermissionCode = (code: number): boolean => code >= 200 && code <= 299;

/** The meaning of a code and subcode, most special first; `undefined` when nobody documented it. */
export const graphMeaning = (code: number, subcode?: number): GraphMeaning | undefined => {
  const special =
    subcode === undefined ? undefined : (REELS_ERRORS.get(`${code}/${subcode}`) ?? REELS_SUBCODES.get(subcode));
  if (special) return special;
  if (isPermissionCode(code)) return both(lostConsent);
  // Only a bare 100 is documented as a bad parameter; with a new subcode it may be anything.
  return code === 100 && subcode !== undefined ? undefined : REELS_ERRORS.get(String(code));
};
