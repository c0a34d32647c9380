import { Alert, Group, Paper, Select, Table, Text, Title } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMoment } from '../calendar/use-moment.ts';
import { Answered } from '../ui/answered.tsx';
import type { Place } from './places.ts';
import type { QueueWish } from './queue-form.tsx';
import { useNextRuns } from './use-next-runs.ts';

const WEEKS = ['1', '2', '4', '8', '12'];
const STILL_FOR_MS = 500;

interface QueuePreviewProps {
  readonly id: string;
  /** As it is stored. */
  readonly queue: QueueWish;
  /** As the form has it. */
  readonly wish: QueueWish;
}

interface PlaceTableProps {
  readonly places: readonly Place[];
  readonly moment: (iso: string) => string;
}

const PlaceRow = ({ place, moment }: Pick<PlaceTableProps, 'moment'> & { readonly place: Place }) => {
  const { t } = useTranslation();
  const { at, caption, why, leftOut } = place;
  return (
    <Table.Tr>
      <Table.Td>{moment(at)}</Table.Td>
      <Table.Td>
        {caption ?? (
          <Text span size="sm" c="dimmed" fs="italic">
            {t('queues.staysEmpty')}
          </Text>
        )}
      </Table.Td>
      <Table.Td>
        <Text size="sm" c="dimmed">
          {[why, ...leftOut].join(' ')}
        </Text>
      </Table.Td>
    </Table.Tr>
  );
};

const PlaceTable = ({ places, moment }: PlaceTableProps) => {
  const { t } = useTranslation();
  return (
    <Table.ScrollContainer minWidth={480}>
      <Table aria-label={t('queues.preview')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th w={190}>{t('queues.when')}</Table.Th>
            <Table.Th>{t('queues.what')}</Table.Th>
            <Table.Th>{t('queues.why')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {places.map((place) => (
            <PlaceRow key={place.key} place={place} moment={moment} />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
};

/** What would go where in the next weeks, what would stay empty, and why; with the changes that are not saved yet. */
export const QueuePreview = ({ id, queue, wish }: QueuePreviewProps) => {
  const { t } = useTranslation();
  const [weeks, setWeeks] = useState('2');
  const isChanged = JSON.stringify(queue) !== JSON.stringify(wish);
  const [change] = useDebouncedValue(isChanged ? wish : undefined, STILL_FOR_MS);
  const preview = useNextRuns(id, { weeks: Number(weeks), ...(change ? { change } : {}) });
  const { moment } = useMoment(wish.timezone);
  return (
    <Paper withBorder p="sm">
      <Group justify="space-between" mb="xs">
        <Title order={2} size="h5">
          {t('queues.preview')}
        </Title>
        <Select
          size="xs"
          w={140}
          allowDeselect={false}
          aria-label={t('queues.howFar')}
          data={WEEKS.map((count) => ({ value: count, label: t('queues.weeks', { count: Number(count) }) }))}
          value={weeks}
          onChange={(count) => setWeeks(count ?? weeks)}
        />
      </Group>
      {isChanged && <Alert color="leaf">{t('queues.previewOfChange')}</Alert>}
      <Answered query={preview}>
        {({ places }) =>
          places.length === 0 ? (
            <Text size="sm" c="dimmed">
              {t('queues.nothingThen')}
            </Text>
          ) : (
            <PlaceTable places={places} moment={moment} />
          )
        }
      </Answered>
    </Paper>
  );
};
