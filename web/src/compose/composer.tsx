import { Alert, Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { PostDto } from '../api/generated/types.gen.ts';
import { Problem } from '../api/problem.ts';
import { refreshTags } from '../api/queries.ts';
import { useSession } from '../access/session.ts';
import type { PlatformName } from '../ui/platforms.ts';
import { postPath } from '../ui/post-path.ts';
import { tellDone, tellProblem } from '../ui/tell.ts';
import { tellUndo } from '../ui/tell-undo.tsx';
import { useTimes } from '../ui/times.ts';
import { AccountsStep } from './accounts-step.tsx';
import { CheckPanel } from './check-panel.tsx';
import './compose.css';
import { ComposingContext } from './draft-context.ts';
import { type Draft, emptyDraft } from './draft.ts';
import { draftPlace, keepDraft } from './kept-draft.ts';
import { OutageStep } from './outage-step.tsx';
import { PhonePreview } from './phone-preview.tsx';
import { SaveBar } from './save-bar.tsx';
import { saveDraft, type SavedDraft } from './save-draft.ts';
import { ScheduleStep } from './schedule-step.tsx';
import { useComposingFacts } from './use-composing-facts.ts';
import { useKeptDraft } from './use-kept-draft.ts';
import { VideoStep } from './video-step.tsx';
import { WordsStep } from './words-step.tsx';

interface ComposerProps {
  /** The post that is changed; undefined: a new one. */
  readonly stored?: PostDto;
  /** The video that a new post begins with. */
  readonly mediaId?: string;
}

/** Writes a post, or changes one. What is changed is the post as it was opened: a newer one is offered, not mixed in. */
export const Composer = ({ stored: newest, mediaId }: ComposerProps) => {
  const { t } = useTranslation();
  const times = useTimes();
  const { timezone } = useSession();
  const [stored, setStored] = useState(newest);
  const kept = useKeptDraft(stored, mediaId);
  const { draft, dispatch } = kept;
  const [shown, setShown] = useState<PlatformName>();
  const composing = useComposingFacts({ draft, dispatch, stored });
  const restart = (from: PostDto | undefined): void => {
    setStored(from);
    kept.restart(from);
  };
  const settle = useSettle(restart);
  // A second press comes before the button is drawn anew.
  const isSaving = useRef(false);
  const save = useMutation({
    mutationFn: () => saveDraft({ draft, timezone, ...(stored ? { stored } : {}) }),
    onSuccess: (saved) => settle(saved, draft, stored),
    onSettled: () => (isSaving.current = false),
  });
  const press = (): void => {
    if (isSaving.current) return;
    isSaving.current = true;
    save.mutate();
  };
  const discard = (): void => {
    const lost = kept.restart();
    tellUndo(t('compose.discarded'), t('common.undo'), () => dispatch({ type: 'replace', draft: lost }));
  };
  return (
    <ComposingContext value={composing}>
      {kept.restoredAt !== undefined && kept.keptAt !== undefined && (
        <Alert color="blue">{t('compose.restored', { when: times.moment(kept.restoredAt) })}</Alert>
      )}
      {kept.isStale && <Alert color="orange">{t('compose.staleDraft')}</Alert>}
      {newest && stored && newest.version > stored.version && <NewerNote onTake={() => restart(newest)} />}
      <div className="composer">
        <div className="composer__main">
          <VideoStep />
          <AccountsStep />
          <WordsStep shown={shown} onShow={setShown} />
          <ScheduleStep />
          <OutageStep />
          <SaveBar
            isSaving={save.isPending}
            error={save.error}
            keptAt={kept.keptAt}
            onSave={press}
            onDiscard={discard}
          />
        </div>
        <div className="composer__aside">
          <PhonePreview platform={shown} />
          <CheckPanel />
        </div>
      </div>
    </ComposingContext>
  );
};

const NewerNote = ({ onTake }: { readonly onTake: () => void }) => {
  const { t } = useTranslation();
  return (
    <Alert color="orange" title={t('compose.newer')}>
      <Button size="xs" variant="default" onClick={onTake}>
        {t('compose.takeNewer')}
      </Button>
    </Alert>
  );
};

/** After it was saved: the browser keeps nothing, and the post opens with its runs. */
const useSettle = (restart: (from: PostDto | undefined) => void) => {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const times = useTimes();
  const { workspaceId } = useSession();
  return async ({ post, problem }: SavedDraft, draft: Draft, stored?: PostDto): Promise<void> => {
    restart(stored && post);
    if (problem) {
      // The rest of the wish goes with the post that is there now.
      const rest = { draft: { ...draft, key: emptyDraft().key }, savedAt: new Date().toISOString() };
      keepDraft(localStorage, draftPlace(workspaceId, post.id), { ...rest, version: post.version });
      tellProblem(new Problem({ ...problem, detail: `${t('compose.halfSaved')} ${problem.message}` }));
    } else {
      const [run] = post.targets.filter(({ status }) => status === 'scheduled');
      const when = run ? times.moment(run.scheduledAt) : '';
      tellDone(stored && draft.mode === 'draft' ? t('compose.changed') : t(`compose.saved.${draft.mode}`, { when }));
    }
    await refreshTags(['Posts', 'Calendar', 'Now', 'Targets', 'Recurring posts', 'Tags', 'Approvals']);
    await navigate(postPath(post.id));
  };
};
