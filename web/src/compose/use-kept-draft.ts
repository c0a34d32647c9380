import { useDebouncedCallback } from '@mantine/hooks';
import { useEffect, useReducer, useState } from 'react';
import type { PostDto } from '../api/generated/types.gen.ts';
import { useSession } from '../access/session.ts';
import { type Draft, draftOf, emptyDraft, isWorthKeeping, reduceDraft } from './draft.ts';
import { draftPlace, keepDraft, type KeptDraft, readDraft } from './kept-draft.ts';

const KEEP_AFTER_MS = 400;

const draftFor = (stored: PostDto | undefined): Draft => (stored ? draftOf(stored) : emptyDraft());

interface Beginning {
  readonly draft: Draft;
  readonly restored?: KeptDraft;
  /** A draft was left out: the post is another one now. */
  readonly isStale: boolean;
}

const beginningOf = (place: string, stored: PostDto | undefined, mediaId: string | undefined): Beginning => {
  const wanted = mediaId === undefined ? {} : { mediaId };
  const kept = readDraft(localStorage, place);
  if (!kept) return { draft: { ...draftFor(stored), ...wanted }, isStale: false };
  if (kept.version !== stored?.version) return { draft: draftFor(stored), isStale: true };
  return { draft: { ...kept.draft, ...wanted }, restored: kept, isStale: false };
};

/** The draft, kept in this browser while one writes until it is saved or discarded. */
export const useKeptDraft = (stored: PostDto | undefined, mediaId?: string) => {
  const place = draftPlace(useSession().workspaceId, stored?.id);
  const [beginning] = useState(() => beginningOf(place, stored, mediaId));
  const [draft, dispatch] = useReducer(reduceDraft, beginning.draft);
  /** What nobody has typed at since; not worth keeping again. */
  const [clean, setClean] = useState(beginning.draft);
  const [keptAt, setKeptAt] = useState(beginning.restored?.savedAt);
  const keep = useDebouncedCallback(
    (changed: Draft): void => {
      if (!isWorthKeeping(changed)) return;
      const savedAt = new Date().toISOString();
      if (keepDraft(localStorage, place, { draft: changed, savedAt, version: stored?.version })) setKeptAt(savedAt);
    },
    { delay: KEEP_AFTER_MS, flushOnUnmount: true },
  );
  useEffect(() => {
    if (draft !== clean) keep(draft);
  }, [draft, clean, keep]);
  /** Begins anew from what is stored; the browser keeps nothing. @returns what was typed */
  const restart = (from: PostDto | undefined = stored): Draft => {
    const next = draftFor(from);
    keep.cancel();
    localStorage.removeItem(place);
    setClean(next);
    setKeptAt(undefined);
    dispatch({ type: 'replace', draft: next });
    return draft;
  };
  return { draft, dispatch, keptAt, restoredAt: beginning.restored?.savedAt, isStale: beginning.isStale, restart };
};
