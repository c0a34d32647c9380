import { useTranslation } from 'react-i18next';
import type { SlotRequestDto } from '../api/generated/types.gen.ts';
import { tellUndo } from '../ui/tell-undo.tsx';
import { withoutSlots, withSlots } from './slots.ts';

/** What becomes of the slots that there are by then: an undo may come late. */
export type SlotChange = (slots: readonly SlotRequestDto[]) => SlotRequestDto[];

/** Removes slots, and offers to bring them back. */
export const useTakeOut = (onChange: (change: SlotChange) => void) => {
  const { t } = useTranslation();
  return (gone: readonly SlotRequestDto[], name: string): void => {
    onChange((slots) => withoutSlots(slots, gone));
    tellUndo(t('queues.slotRemoved', { slot: name }), t('common.undo'), () =>
      onChange((slots) => withSlots(slots, gone)),
    );
  };
};
