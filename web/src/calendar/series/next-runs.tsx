import { List, Stack, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { recurrencePreviewsPreview } from '../../api/generated/sdk.gen.ts';
import type { SetRecurrenceDto } from '../../api/generated/types.gen.ts';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { useMoment } from '../use-moment.ts';

const SHOWN = 6;
const STILL_FOR_MS = 300;

/** When the series would run next, as the server reads the rule; nothing is stored. */
export const NextRuns = ({ series }: { readonly series: SetRecurrenceDto }) => {
  const { t } = useTranslation();
  const { rule, start, timezone = 'UTC', exdates = [], rdates = [] } = series;
  const [body] = useDebouncedValue({ rule, start, timezone, exdates, rdates, limit: SHOWN }, STILL_FOR_MS);
  const { moment } = useMoment(timezone);
  const { data, error } = useQuery({
    queryKey: ['series preview', body],
    queryFn: async () => (await recurrencePreviewsPreview({ body })).data,
    retry: false,
  });
  if (error) return <ProblemNote error={error} />;
  return (
    <Stack gap={4} mih={150}>
      <Text size="sm" fw={500}>
        {t('series.next')}
      </Text>
      <List size="sm">
        {data?.occurrences.map(({ localTime, at, note }) => (
          <List.Item key={localTime}>
            {moment(at)}
            {note && ` · ${note}`}
          </List.Item>
        ))}
      </List>
    </Stack>
  );
};
