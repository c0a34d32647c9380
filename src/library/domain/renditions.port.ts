import type { MediaId, WorkspaceId } from '../../kernel/ids.js';
import type { Tx } from '../../kernel/transaction.js';
import type { Rendition, RenditionProblem } from './rendition.js';

/** The table of renditions. */
export abstract class Renditions {
  abstract insert(rendition: Pick<Rendition, 'id' | 'workspaceId' | 'mediaId'>, tx: Tx): Promise<Rendition>;
  /** Newest first; at most 50. */
  abstract list(workspaceId: WorkspaceId, mediaId: MediaId, tx?: Tx): Promise<Rendition[]>;
  /** True when the video is what a rendition made. */
  abstract isResult(mediaId: MediaId, tx: Tx): Promise<boolean>;
  /** Takes it up, also from a process that died with it; undefined when it is at its end. */
  abstract begin(id: string): Promise<Rendition | undefined>;
  /** @param progress 0 to 1 */
  abstract progressed(id: string, progress: number): Promise<void>;
  /** Puts it back for the next try. */
  abstract requeue(id: string): Promise<void>;
  abstract finish(id: string, resultId: MediaId, tx: Tx): Promise<void>;
  abstract fail(id: string, problem: RenditionProblem, tx?: Tx): Promise<void>;
}

/** Hands renditions to whoever makes them. */
export abstract class RenditionQueue {
  /** Part of `tx`: a rendition without its job does not exist. */
  abstract enqueue(renditionId: string, tx: Tx): Promise<void>;
}
