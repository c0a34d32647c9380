import type { MediaId, WorkspaceId } from '../../kernel/ids.js';

/** A small picture of a video, or why there is none. */
export type Thumbnail =
  | { readonly kind: 'jpeg'; readonly bytes: Buffer }
  /** The video gives none; asking again does not help. */
  | { readonly kind: 'none'; readonly problem: string };

/** The table of thumbnails. */
export abstract class Thumbnails {
  abstract find(mediaId: MediaId): Promise<Thumbnail | undefined>;
  abstract store(key: { workspaceId: WorkspaceId; mediaId: MediaId }, thumbnail: Thumbnail): Promise<void>;
}
