import { Button, Group, SimpleGrid, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import {
  subscriberImportsCancelMutation,
  subscriberImportsStartMutation,
} from '../../api/generated/@tanstack/react-query.gen.ts';
import type { SubscriberImportDto } from '../../api/generated/types.gen.ts';
import { useDeed } from '../../api/use-deed.ts';
import { AskButton } from '../../ui/ask-button.tsx';
import { Panel } from '../../ui/panel.tsx';
import { ProgressNote } from '../../ui/progress-note.tsx';
import { isUnderWay, rowsIn, settledIn, VERDICTS } from './import-progress.ts';

/** How an import stands, and what can be done with it. */
export const ImportRun = ({ run }: { readonly run: SubscriberImportDto }) => {
  const { t, i18n } = useTranslation();
  const total = rowsIn(run);
  const settled = settledIn(run);
  return (
    <Panel
      title={run.fileName ?? run.source}
      note={t(`audience.import.stateWhat.${run.state}`)}
      actions={<Deeds run={run} />}
    >
      {isUnderWay(run.state) && (
        <ProgressNote
          label={t(`audience.import.state.${run.state}`)}
          done={settled}
          total={run.state === 'receiving' ? undefined : total}
          detail={t('audience.import.rows', { done: settled, total })}
        />
      )}
      <SimpleGrid cols={{ base: 2, xs: 4 }}>
        {VERDICTS.filter((verdict) => run.rows[verdict] > 0).map((verdict) => (
          <div key={verdict}>
            <Text size="xl" fw={700}>
              {run.rows[verdict].toLocaleString(i18n.language)}
            </Text>
            <Text size="sm" c="dimmed">
              {t(`audience.import.verdict.${verdict}`)}
            </Text>
          </div>
        ))}
      </SimpleGrid>
      {run.ignoredColumns && run.ignoredColumns.length > 0 && (
        <Text size="sm" c="dimmed">
          {t('audience.import.ignored', { columns: run.ignoredColumns.join(', ') })}
        </Text>
      )}
    </Panel>
  );
};

const Deeds = ({ run }: { readonly run: SubscriberImportDto }) => {
  const { t } = useTranslation();
  const path = { id: run.id };
  const start = useDeed(subscriberImportsStartMutation(), { tags: ['Audience'] });
  const cancel = useDeed(subscriberImportsCancelMutation(), { tags: ['Audience'] });
  const { ready, bad } = run.rows;
  const mayStart = (run.state === 'checked' || run.state === 'cancelled') && ready > 0;
  return (
    <Group gap="xs">
      {bad > 0 && (
        <Button size="xs" variant="default" component="a" href={`/v1/subscriber-imports/${run.id}/errors.csv`} download>
          {t('audience.import.errors')}
        </Button>
      )}
      {(run.state === 'queued' || run.state === 'running') && (
        <Button size="xs" variant="default" loading={cancel.isPending} onClick={() => cancel.mutate({ path })}>
          {t('audience.import.stop')}
        </Button>
      )}
      {mayStart && (
        <AskButton
          variant="filled"
          label={t('audience.import.start', { count: ready })}
          title={t('audience.import.startTitle', { count: ready })}
          text={run.askToConfirm ? t('audience.import.startAsks') : t('audience.import.startSilent')}
          yes={t('audience.import.startYes')}
          onYes={() => start.mutate({ path })}
        />
      )}
    </Group>
  );
};
