import { Anchor, Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { BY_CURSOR } from '../../api/by-cursor.ts';
import { subscriberImportsListInfiniteOptions } from '../../api/generated/@tanstack/react-query.gen.ts';
import type { SubscriberImportDto } from '../../api/generated/types.gen.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Listed } from '../../ui/listed.tsx';
import { Panel } from '../../ui/panel.tsx';
import { useTimes } from '../../ui/times.ts';

export const Imports = () => {
  const { t } = useTranslation();
  const { moment } = useTimes();
  const imports = useInfiniteQuery({ ...subscriberImportsListInfiniteOptions(), ...BY_CURSOR });
  const begin = (
    <Button component={Link} to="new" size="xs">
      {t('audience.import.begin')}
    </Button>
  );
  return (
    <Panel title={t('audience.section.imports')} note={t('audience.import.what')} actions={begin}>
      <Listed query={imports} empty={<EmptyState what={t('audience.import.none')} next={begin} />}>
        {(items) => (
          <DataTable<SubscriberImportDto>
            label={t('audience.section.imports')}
            rows={items}
            keyOf={({ id }) => id}
            columns={[
              {
                name: 'file',
                title: t('audience.import.file'),
                cell: ({ id, fileName, source }) => (
                  <Anchor component={Link} to={id} size="sm">
                    {fileName ?? source}
                  </Anchor>
                ),
              },
              { name: 'source', title: t('audience.import.source'), cell: ({ source }) => source },
              {
                name: 'state',
                title: t('common.status'),
                cell: ({ state }) => t(`audience.import.state.${state}`),
              },
              { name: 'at', title: t('common.created'), cell: ({ createdAt }) => moment(createdAt) },
            ]}
          />
        )}
      </Listed>
    </Panel>
  );
};
