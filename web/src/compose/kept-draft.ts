import { type Draft, emptyDraft } from './draft.ts';

/** A draft as the browser keeps it. */
export interface KeptDraft {
  readonly draft: Draft;
  readonly savedAt: string;
  /** Of the stored post it changes; undefined: a new one. */
  readonly version?: number;
}

/** Where drafts are kept: `localStorage`, or none of it in a private window. */
export type DraftStore = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** One draft of a new post per workspace, and one per post that is being changed. */
export const draftPlace = (workspaceId: string, postId = 'new'): string => `perennial.compose.${workspaceId}.${postId}`;

const isKept = (value: unknown): value is KeptDraft =>
  typeof value === 'object' &&
  value !== null &&
  'savedAt' in value &&
  'draft' in value &&
  typeof value.draft === 'object';

/** What was kept, if it can still be read; fields that are new since have their beginning. */
export const readDraft = (store: DraftStore, place: string): KeptDraft | undefined => {
  try {
    const kept: unknown = JSON.parse(store.getItem(place) ?? 'null');
    return isKept(kept) ? { ...kept, draft: { ...emptyDraft(), ...kept.draft } } : undefined;
  } catch {
    return undefined;
  }
};

/** Whether it could be kept: a full or forbidden store loses nothing but the comfort. */
export const keepDraft = (store: DraftStore, place: string, kept: KeptDraft): boolean => {
  try {
    store.setItem(place, JSON.stringify(kept));
    return true;
  } catch {
    return false;
  }
};
