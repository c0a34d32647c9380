import type { TargetId, WorkspaceId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import type { LinkSettings } from './link-settings.js';

/** Where workspaces say what becomes of their links. */
export abstract class LinkSettingsStore {
  /** `NO_LINK_SETTINGS` where nothing was said. */
  abstract of(workspaceId: WorkspaceId, tx?: Tx): Promise<LinkSettings>;
  abstract put(workspaceId: WorkspaceId, settings: LinkSettings, tx: Tx): Promise<void>;
}

/** One link of one target. */
export interface TargetLink {
  readonly workspaceId: WorkspaceId;
  readonly targetId: TargetId;
  /** http or https. */
  readonly url: string;
}

/** Makes links short. The same link of the same target has one address, for ever. */
export abstract class Shortener {
  /** False where nobody could follow a short link: then `addressOf` must not be asked. */
  abstract readonly isOn: boolean;
  abstract addressOf(link: TargetLink): string;
  /** Makes the addresses work, once `tx` is committed. Again changes nothing. */
  abstract keep(links: readonly TargetLink[], tx: Tx): Promise<void>;
}

/** A short link with what became of it. */
export interface CountedLink {
  readonly code: string;
  readonly url: string;
  readonly visits: number;
  readonly lastVisitAt: Date | null;
}

/** Where short links lead, and how often. */
export abstract class ShortLinks {
  /** Where it leads; a visit is counted, and nothing about the visitor is kept. */
  abstract visit(code: string): Promise<string | undefined>;
  /** The same, uncounted. */
  abstract look(code: string): Promise<string | undefined>;
  /** Oldest first; undefined when the workspace has no such target. */
  abstract ofTarget(workspaceId: WorkspaceId, targetId: TargetId): Promise<CountedLink[] | undefined>;
}
