import { Anchor, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { subscriberImportsGetOptions } from '../../api/generated/@tanstack/react-query.gen.ts';
import { Answered } from '../../ui/answered.tsx';
import { isUnderWay } from './import-progress.ts';
import { ImportRows } from './import-rows.tsx';
import { ImportRun } from './import-run.tsx';

const WHILE_UNDER_WAY_MS = 1_000;

export const ImportView = () => {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const found = useQuery({
    ...subscriberImportsGetOptions({ path: { id } }),
    refetchInterval: ({ state }) => (state.data && isUnderWay(state.data.state) ? WHILE_UNDER_WAY_MS : false),
  });
  return (
    <Stack>
      <Anchor component={Link} to="/audience/imports" size="sm">
        {t('audience.import.back')}
      </Anchor>
      <Answered query={found}>
        {(run) => (
          <>
            <ImportRun run={run} />
            <ImportRows id={id} key={run.state} />
          </>
        )}
      </Answered>
    </Stack>
  );
};
