import { Button, closeOnEscape, Popover, Stack, TagsInput, UnstyledButton } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SlotRequestDto } from '../api/generated/types.gen.ts';
import { slotAt, withSlot } from './slots.ts';
import { type SlotChange, useTakeOut } from './use-take-out.ts';
import { useDayName } from './use-day-name.ts';

export interface SlotGridProps {
  readonly slots: readonly SlotRequestDto[];
  /** Known categories, to choose from. */
  readonly tags: readonly string[];
  /** Changes what there is by then: an undo may come late. */
  readonly onChange: (change: SlotChange) => void;
}

interface SlotCellProps extends SlotGridProps {
  readonly dayOfWeek: number;
  readonly time: string;
}

/** One day and time of the timetable: free, or a slot with its categories. */
export const SlotCell = ({ slots, tags, onChange, dayOfWeek, time }: SlotCellProps) => {
  const { t } = useTranslation();
  const dayName = useDayName('long');
  const slot = slotAt(slots, dayOfWeek, time);
  const [isOpen, setIsOpen] = useState(false);
  const takeOut = useTakeOut(onChange);
  const categories = slot?.categories ?? [];
  const shown = categories.length > 0 ? categories.join(', ') : t('queues.anyPost');
  const label = `${dayName(dayOfWeek)} ${time}: ${slot ? shown : t('queues.noSlot')}`;
  const open = (): void => {
    if (!slot) onChange((all) => withSlot(all, { dayOfWeek, time }));
    setIsOpen(true);
  };
  return (
    <Popover opened={isOpen} onChange={setIsOpen} trapFocus withArrow shadow="md">
      <Popover.Target>
        <UnstyledButton
          className={slot ? 'slot slot-on' : 'slot'}
          aria-label={label}
          onClick={open}
          // The popover hears Escape once the focus is in it: a quick hand is faster.
          onKeyDown={closeOnEscape(() => setIsOpen(false))}
        >
          {slot ? shown : <IconPlus size={14} aria-hidden />}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="xs">
          <TagsInput
            label={t('queues.categories')}
            description={t('queues.categoriesWhat')}
            data={[...tags]}
            value={categories}
            onChange={(next) => onChange((all) => withSlot(all, { dayOfWeek, time, categories: next }))}
            comboboxProps={{ withinPortal: false }}
          />
          <Button
            size="xs"
            variant="subtle"
            color="red"
            onClick={() => {
              setIsOpen(false);
              takeOut([{ dayOfWeek, time, categories }], `${dayName(dayOfWeek)} ${time}`);
            }}
          >
            {t('queues.removeSlot')}
          </Button>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
};
