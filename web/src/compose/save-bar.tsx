import { Button, Group, Paper, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { toProblem } from '../api/problem.ts';
import { ProblemNote } from '../ui/problem-note.tsx';
import { useTimes } from '../ui/times.ts';
import { useComposing } from './draft-context.ts';
import { isRefused } from './findings.ts';
import { lacksOf } from './lacks.ts';

interface SaveBarProps {
  readonly isSaving: boolean;
  readonly error: unknown;
  readonly keptAt: string | undefined;
  readonly onSave: () => void;
  readonly onDiscard: () => void;
}

const HINDRANCE = 'save-hindrance';

/** The one button that saves, what stands in its way, and what the server said when it did not. */
export const SaveBar = ({ isSaving, error, keptAt, onSave, onDiscard }: SaveBarProps) => {
  const { t } = useTranslation();
  const times = useTimes();
  const { draft, stored } = useComposing();
  const label = stored && draft.mode === 'draft' ? t('compose.saveChange') : t(`compose.save.${draft.mode}`);
  const hindrance = useHindrance();
  return (
    <Paper withBorder p="sm" className="save-bar">
      <Stack gap="xs">
        {error != null && <ProblemNote error={toProblem(error)} />}
        <Group justify="space-between" gap="xs">
          <div>
            <Text size="sm" id={HINDRANCE} role="status">
              {hindrance}
            </Text>
            {keptAt !== undefined && (
              <Text size="xs" c="dimmed">
                {t('compose.unsaved', { when: times.clock(keptAt) })}
              </Text>
            )}
          </div>
          <Group gap="xs">
            {keptAt !== undefined && (
              <Button variant="subtle" color="gray" onClick={onDiscard}>
                {t('compose.discard')}
              </Button>
            )}
            <Button onClick={onSave} loading={isSaving} disabled={hindrance !== undefined} aria-describedby={HINDRANCE}>
              {label}
            </Button>
          </Group>
        </Group>
      </Stack>
    </Paper>
  );
};

/** Why it cannot be saved yet: what is missing, or what the server would refuse; undefined: it can. */
const useHindrance = (): string | undefined => {
  const { t, i18n } = useTranslation();
  const { draft, check } = useComposing();
  const lacks = lacksOf(draft).map((lack) => t(`compose.lack.${lack}`));
  if (lacks.length > 0) {
    const list = new Intl.ListFormat(i18n.language, { type: 'conjunction' });
    return t('compose.stillLacks', { lacks: list.format(lacks) });
  }
  const isHindered = draft.mode !== 'draft' && check.state === 'done' && isRefused(check.findings);
  return isHindered ? t('compose.refused') : undefined;
};
