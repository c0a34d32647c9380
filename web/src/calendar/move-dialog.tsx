import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CalendarGroup } from './groups.ts';
import { instantOfWall, wallTime } from '../ui/wall-time.ts';
import { useFocusBack } from '../ui/use-focus-back.ts';

interface MoveDialogProps {
  readonly group: CalendarGroup;
  readonly zone: string;
  readonly onClose: () => void;
  /** Answers whether it moved. */
  readonly onMove: (to: string) => Promise<boolean>;
}

/** The way to move without dragging: a date and a time on the clock that the calendar shows. */
export const MoveDialog = ({ group, zone, onClose, onMove }: MoveDialogProps) => {
  useFocusBack();
  const { t } = useTranslation();
  const [wall, setWall] = useState(() => wallTime(group.at, zone));
  const [isMoving, setIsMoving] = useState(false);
  const to = instantOfWall(wall, zone);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!to) return;
    setIsMoving(true);
    const hasMoved = await onMove(to);
    setIsMoving(false);
    if (hasMoved) onClose();
  };
  return (
    <Modal opened onClose={onClose} title={t('calendar.moveTo')}>
      <form onSubmit={(event) => void submit(event)}>
        <Stack>
          <TextInput
            data-autofocus
            type="datetime-local"
            label={t('calendar.newTime')}
            description={t('common.timesIn', { zone })}
            value={wall}
            onChange={({ currentTarget }) => setWall(currentTarget.value)}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('common.cancel')}
            </Button>
            <Button type="submit" loading={isMoving} disabled={!to || wall === wallTime(group.at, zone)}>
              {t('calendar.move')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
};
