import { Paper, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useTimes } from '../ui/times.ts';
import { Answers } from './answers.tsx';
import type { NowTarget } from './now-answer.ts';
import { TargetLine } from './target-line.tsx';

/** A question only a person can answer, with its answers as buttons. */
export const DecisionCard = ({ target }: { readonly target: NowTarget }) => {
  const { t } = useTranslation();
  const { moment } = useTimes();
  return (
    <Paper withBorder p="sm" bd="1px solid var(--mantine-color-red-filled)" data-decision={target.id}>
      <Stack gap="sm">
        <TargetLine target={target}>
          {t('now.plannedFor', { at: moment(target.scheduledAt) })}
          {target.error && ` · ${target.error.detail}`}
        </TargetLine>
        <Text size="sm">{t('now.decision.question')}</Text>
        <Answers target={target} />
      </Stack>
    </Paper>
  );
};
