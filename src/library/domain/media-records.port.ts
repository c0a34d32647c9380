import type { MediaId, WorkspaceId } from '../../kernel/ids.js';
import type { Tx } from '../../kernel/transaction.js';
import type { Media } from './media.js';

/** A place in a list, newest first; rows are answered from after it. */
export interface ListPlace {
  /** How many rows to answer. */
  readonly limit: number;
  readonly after?: { readonly at: string; readonly id: string } | undefined;
}

/** A row with its exact place in the order. */
export type Listed<T> = T & { readonly at: string };

/** Who still needs a media. */
export interface MediaUse {
  readonly posts: number;
  /** Targets that are not at their end. */
  readonly targets: number;
}

/** The table of media. */
export abstract class MediaRecords {
  /** Stores the media, or answers the one with the same bytes. */
  abstract insert(media: Omit<Media, 'createdAt'>, tx: Tx): Promise<Media>;
  abstract find(workspaceId: WorkspaceId, id: MediaId, tx?: Tx): Promise<Media | undefined>;
  /** Those of `ids` that the workspace has. */
  abstract findMany(workspaceId: WorkspaceId, ids: readonly MediaId[], tx?: Tx): Promise<Media[]>;
  abstract list(workspaceId: WorkspaceId, place: ListPlace): Promise<Listed<Media>[]>;
  /** The media, kept from new users until `tx` ends. */
  abstract lock(workspaceId: WorkspaceId, id: MediaId, tx: Tx): Promise<Media | undefined>;
  abstract useOf(workspaceId: WorkspaceId, id: MediaId, tx: Tx): Promise<MediaUse>;
  /** Takes it out of the library; its facts stay for the history of what was published. */
  abstract markDeleted(workspaceId: WorkspaceId, id: MediaId, tx: Tx): Promise<void>;
  /** Those of `storageKeys` that belong to a media or to a running upload. */
  abstract owned(storageKeys: readonly string[]): Promise<string[]>;
}
