import type { WorkspaceId } from '../../kernel/ids.js';
import type { Tx } from '../../kernel/transaction.js';
import type { HashtagSet } from './hashtag-set.js';
import type { Listed, ListPlace } from './media-records.port.js';

/** The words of a set; left-out fields of a change stay. */
export interface HashtagSetWords {
  readonly name: string;
  readonly hashtags: readonly string[];
}

/** The table of hashtag sets. A name that is taken is refused with `hashtag_set.name_taken`. */
export abstract class HashtagSets {
  /** How many there are; other inserts of the workspace wait until `tx` ends. */
  abstract countUnderLock(workspaceId: WorkspaceId, tx: Tx): Promise<number>;
  abstract insert(workspaceId: WorkspaceId, words: HashtagSetWords, tx: Tx): Promise<HashtagSet>;
  abstract find(workspaceId: WorkspaceId, id: string, tx?: Tx): Promise<HashtagSet | undefined>;
  /** Those that are there. */
  abstract findMany(workspaceId: WorkspaceId, ids: readonly string[], tx?: Tx): Promise<HashtagSet[]>;
  abstract list(workspaceId: WorkspaceId, place: ListPlace): Promise<Listed<HashtagSet>[]>;
  abstract update(
    workspaceId: WorkspaceId,
    id: string,
    change: Partial<HashtagSetWords>,
    tx: Tx,
  ): Promise<HashtagSet | undefined>;
  /** @returns whether there was one */
  abstract delete(workspaceId: WorkspaceId, id: string, tx: Tx): Promise<boolean>;
}
