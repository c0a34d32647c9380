import type { WorkspaceId } from '../../kernel/ids.js';

/** A tenant: a brand or creator with its own data, keys, region and time zone. */
export interface Workspace {
  readonly id: WorkspaceId;
  readonly name: string;
  /** Where its accounts are at home unless they say otherwise; health is kept per region. Lower-case letters, 2-10. */
  readonly region: string;
  /** IANA name. */
  readonly timeZone: string;
  /** What its public status page is called in addresses, one per instance; null: it has none. */
  readonly statusSlug: string | null;
  /** Worn by its public page: `#` and six hexadecimal digits in lower case; null: ours. */
  readonly brandColor: string | null;
  /** Members without a second factor may do nothing here but set one up. */
  readonly requiresTotp: boolean;
}

/** What a workspace is opened with; its public page comes later. */
export type NewWorkspace = Pick<Workspace, 'name' | 'region' | 'timeZone'>;

/** Lower-case letters, digits and single hyphens between them, 3 to 40 characters: safe in an address and as a file name. */
export const STATUS_SLUG_PATTERN = /^(?=.{3,40}$)[a-z0-9]+(?:-[a-z0-9]+)*$/;

export const BRAND_COLOR_PATTERN = /^#[0-9a-f]{6}$/;

/** What a region may look like; the same as for `DEFAULT_REGION`. */
export const REGION_PATTERN = /^[a-z]{2,10}$/;

/** Asking costs a formatter; there are some hundred names, in a few spellings. */
const knownZones = new Set<string>();

/** True for an IANA time zone name; offsets like `+01:00` are none, since they know no daylight saving. */
export const isTimeZone = (name: string): boolean => {
  if (!/^[A-Za-z]/.test(name)) return false;
  if (knownZones.has(name)) return true;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    if (knownZones.size < 2_000) knownZones.add(name);
    return true;
  } catch {
    return false;
  }
};
