import { ActionIcon, Button, Group, Stack, Table, Text, TextInput } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import './queues.css';
import { SlotCell, type SlotGridProps } from './slot-cell.tsx';
import { DAYS, isTime, slotsAt, timesOf, withTime } from './slots.ts';
import { useDayName } from './use-day-name.ts';
import { useTakeOut } from './use-take-out.ts';

const NewTime = ({ onChange }: Pick<SlotGridProps, 'onChange'>) => {
  const { t } = useTranslation();
  const [time, setTime] = useState('09:00');
  return (
    <Group gap="xs" align="end">
      <TextInput
        type="time"
        size="xs"
        label={t('queues.newTime')}
        value={time}
        onChange={({ currentTarget }) => setTime(currentTarget.value)}
      />
      <Button
        size="xs"
        variant="default"
        disabled={!isTime(time)}
        onClick={() => onChange((all) => withTime(all, time))}
      >
        {t('queues.addTime')}
      </Button>
    </Group>
  );
};

/** The weekly timetable: a row for each time, a button for each day. */
export const SlotGrid = (props: SlotGridProps) => {
  const { t } = useTranslation();
  const { slots, onChange } = props;
  const dayName = useDayName('short');
  const times = timesOf(slots);
  const takeOut = useTakeOut(onChange);
  return (
    <Stack gap="xs">
      <Table.ScrollContainer minWidth={620}>
        <Table withColumnBorders layout="fixed" aria-label={t('queues.timetable')}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th w={100}>{t('queues.time')}</Table.Th>
              {DAYS.map((day) => (
                <Table.Th key={day}>{dayName(day)}</Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {times.map((time) => (
              <Table.Tr key={time}>
                <Table.Th scope="row">
                  <Group gap={4} wrap="nowrap">
                    {time}
                    <ActionIcon
                      size="sm"
                      variant="subtle"
                      color="gray"
                      aria-label={t('queues.removeTime', { time })}
                      onClick={() => takeOut(slotsAt(slots, time), time)}
                    >
                      <IconTrash size={14} />
                    </ActionIcon>
                  </Group>
                </Table.Th>
                {DAYS.map((day) => (
                  <Table.Td key={day} p={4}>
                    <SlotCell {...props} dayOfWeek={day} time={time} />
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {times.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('queues.noTimes')}
        </Text>
      )}
      <NewTime onChange={onChange} />
    </Stack>
  );
};
