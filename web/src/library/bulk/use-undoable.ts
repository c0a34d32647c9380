import { useTranslation } from 'react-i18next';
import { tellDone, tellProblem } from '../../ui/tell.ts';
import { tellUndo } from '../../ui/tell-undo.tsx';
import { refresh } from './bulk-form.ts';

/** Says what was done and offers to take it back; a refusal of that is told as well. */
export const useUndoable = (onDone: () => void) => {
  const { t } = useTranslation();
  return async (message: string, undo: () => Promise<unknown>): Promise<void> => {
    onDone();
    await refresh();
    tellUndo(message, t('common.undo'), () => {
      undo()
        .then(refresh)
        .then(() => tellDone(t('library.bulk.undone')), tellProblem);
    });
  };
};
