import { Badge, Button, Group, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { postImportsCancelMutation, postImportsStartMutation } from '../api/generated/@tanstack/react-query.gen.ts';
import type { PostImportDto } from '../api/generated/types.gen.ts';
import { refreshTags } from '../api/queries.ts';
import { useSession } from '../access/session.ts';
import { Panel } from '../ui/panel.tsx';
import { ProgressNote } from '../ui/progress-note.tsx';
import { tellProblem } from '../ui/tell.ts';
import { ROW_STATES, standOf } from './import-state.ts';

/** How an import stands, and what can be done with it. */
export const ImportHead = ({ found }: { readonly found: PostImportDto }) => {
  const { t } = useTranslation();
  const { may } = useSession();
  const stand = standOf(found);
  const settled = { onSuccess: () => refreshTags(['Posts', 'Calendar', 'Tags']), onError: tellProblem };
  const start = useMutation({ ...postImportsStartMutation(), ...settled });
  const cancel = useMutation({ ...postImportsCancelMutation(), ...settled });
  const path = { id: found.id };
  return (
    <Panel
      title={found.fileName ?? t('library.import.unnamed')}
      note={t(`library.import.state.${found.state}`)}
      actions={
        <Group gap="xs">
          {stand.hasErrors && (
            <Button
              component="a"
              href={`/v1/posts/imports/${found.id}/errors.csv`}
              download
              size="xs"
              variant="default"
            >
              {t('library.import.errorFile')}
            </Button>
          )}
          {stand.mayStart && may('posts:write') && (
            <Button
              size="xs"
              loading={start.isPending}
              // Whoever presses this has seen the bad rows.
              onClick={() => start.mutate({ path, body: { badRows: 'skip' } })}
            >
              {found.state === 'cancelled'
                ? t('library.import.goOn')
                : t('library.import.start', { count: found.rows.ready + found.rows.fetching })}
            </Button>
          )}
        </Group>
      }
    >
      <Group gap="xs">
        {(['total', ...ROW_STATES] as const)
          .filter((name) => name === 'total' || found.rows[name] > 0)
          .map((name) => (
            <Badge key={name} variant="default" size="lg" tt="none" fw={500}>
              {t(`library.import.rows.${name}`)}: {found.rows[name].toLocaleString()}
            </Badge>
          ))}
      </Group>
      {found.ignoredColumns.length > 0 && (
        <Text size="sm" c="dimmed">
          {t('library.import.ignored', { columns: found.ignoredColumns.join(', ') })}
        </Text>
      )}
      {stand.isMoving && (
        <ProgressNote
          label={t(`library.import.state.${found.state}`)}
          done={stand.done}
          total={stand.total}
          detail={t('library.import.progress', { done: stand.done, total: stand.total })}
          actions={
            may('posts:write') && (
              <Button size="xs" variant="default" loading={cancel.isPending} onClick={() => cancel.mutate({ path })}>
                {t('library.import.cancel')}
              </Button>
            )
          }
        />
      )}
    </Panel>
  );
};
