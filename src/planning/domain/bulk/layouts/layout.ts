import type { PlatformName } from '../../../../platforms/domain/platform-name.js';
import type { AccountWish, RowDraft, RowField } from '../row-draft.js';
import type { RowReader } from './row-reader.js';

export const LAYOUT_NAMES = ['perennial', 'publer', 'socialbee', 'metricool', 'buffer', 'meetedgar', 'zernio'] as const;
export type LayoutName = (typeof LAYOUT_NAMES)[number];

/** How one product writes its files. Headers are given as `plainHeader` makes them. */
export interface Layout {
  readonly name: LayoutName;
  /** Headers that together tell this layout from the others. */
  readonly marks: readonly string[];
  /** The column to blame for a problem, by what it is about; `a|b`: the one that the file has. */
  readonly columns: Readonly<Partial<Record<RowField, string>>>;
  /** True for a column that is read; the others are reported. */
  reads(header: string): boolean;
  read(row: RowReader): RowDraft;
}

/** The platforms here that other products call by the name of their network. */
export const NETWORKS: Readonly<Record<string, PlatformName>> = {
  tiktok: 'tiktok',
  instagram: 'reels',
  reels: 'reels',
  youtube: 'shorts',
  shorts: 'shorts',
  bluesky: 'skylight',
  skylight: 'skylight',
  telegram: 'telegram',
  discord: 'discord',
  upscrolled: 'upscrolled',
};

/** Nothing said but words: what most rows start from. */
export const EMPTY_DRAFT = {
  kind: 'one_shot',
  tags: [],
  options: {},
  variants: {},
  accounts: [],
} as const satisfies Partial<RowDraft>;

/** Several addresses where one video is kept: the row is not guessed at. */
export const oneVideo = (row: RowReader, column: string, separator = /[,\n]/): Pick<RowDraft, 'mediaUrl'> => {
  const urls = row.list(column, separator);
  if (urls.length > 1) row.problem(column, 'media.too_many', 'A post here has one video. Leave one address.');
  return urls[0] === undefined ? {} : { mediaUrl: urls[0] };
};

/** One wish for each network named; those that nobody serves here are told, and refuse the row when none is left. */
export const networkWishes = (row: RowReader, column: string, networks: readonly string[]): AccountWish[] => {
  const wishes = networks.flatMap((network) => {
    const platform = NETWORKS[network.trim().toLowerCase()];
    if (platform) return [{ platform }];
    row.warning(column, 'row.network_left_out', `${network} is not served here and was left out.`);
    return [];
  });
  if (networks.length > 0 && wishes.length === 0)
    row.problem(column, 'row.no_network', 'No network of this row is served here. Remove the row or name another one.');
  return wishes;
};

export const given = <Key extends string>(key: Key, value: string | undefined): { [K in Key]?: string } =>
  value === undefined || value.trim() === '' ? {} : ({ [key]: value } as { [K in Key]?: string });
