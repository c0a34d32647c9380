import type { RowProblem } from '../../../kernel/csv/csv-record.js';
import type { PostKind, PostVariants } from '../../../library/domain/post-snapshot.js';
import type { PlatformName } from '../../../platforms/domain/platform-name.js';

/** An account as a file names it. */
export interface AccountWish {
  /** Its id, its name, or nothing: then the only one of its platform. */
  readonly name?: string;
  readonly platform?: PlatformName;
  /** Its own time; the row's when absent. */
  readonly scheduledAt?: string;
  /** Its own words; the row's when absent. */
  readonly caption?: string;
}

/** What a row says, in our words, whatever the layout it came in. */
export interface RowDraft {
  /** The post of this workspace that the row was exported from. */
  readonly postId?: string;
  readonly kind: PostKind;
  readonly caption: string;
  readonly title?: string;
  readonly tags: readonly string[];
  readonly options: Readonly<Record<string, unknown>>;
  readonly variants: PostVariants;
  readonly recycling?: Readonly<Record<string, unknown>>;
  readonly mediaId?: string;
  readonly mediaUrl?: string;
  /** Empty: the accounts that were chosen for the whole file. */
  readonly accounts: readonly AccountWish[];
  /** ISO instant or wall time. */
  readonly scheduledAt?: string;
  readonly timezone?: string;
  readonly publishNow?: boolean;
  /** Stored without accounts and times, whatever else it says. */
  readonly isDraft?: boolean;
}

/** What a problem is about, by the field of a request it was found at. */
export type RowField =
  | 'caption'
  | 'title'
  | 'tags'
  | 'media'
  | 'accounts'
  | 'scheduledAt'
  | 'timezone'
  | 'options'
  | 'variants'
  | 'recycling'
  | 'kind';

/** A row as a layout read it. */
export interface ReadRow {
  readonly draft: RowDraft;
  readonly problems: readonly RowProblem[];
}
