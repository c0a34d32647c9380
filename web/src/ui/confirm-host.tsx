import { lazy, Suspense, useSyncExternalStore } from 'react';
import { confirmations } from './confirm.ts';

const ConfirmDialog = lazy(() => import('./confirm-dialog.tsx'));

/** Where a question of `confirm` appears; its dialog is fetched with the first one. */
export const ConfirmHost = () => {
  const asked = useSyncExternalStore(confirmations.subscribe, confirmations.current);
  if (!asked) return null;
  return (
    <Suspense>
      <ConfirmDialog asked={asked} />
    </Suspense>
  );
};
