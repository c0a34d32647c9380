import { Button, Group } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Listed } from '../../ui/listed.tsx';
import { Panel } from '../../ui/panel.tsx';
import { BY_CURSOR } from '../../api/by-cursor.ts';
import { subscribersListInfiniteOptions } from '../../api/generated/@tanstack/react-query.gen.ts';
import { filtersOf } from './people-filters.ts';
import { People } from './people-table.tsx';
import { Filters } from './people-filter-bar.tsx';
import { FindByAddress } from './find-by-address.tsx';
import { Exports } from './people-exports.tsx';

/** Who is on the list; filters stand in the address, so that they can be kept and shared. */
export const Subscribers = () => {
  const { t } = useTranslation();
  const [params] = useSearchParams();
  const query = filtersOf(params);
  const people = useInfiniteQuery({ ...subscribersListInfiniteOptions({ query }), ...BY_CURSOR });
  const isFiltered = Object.keys(query).length > 0;
  return (
    <Panel title={t('audience.section.subscribers')} actions={<Exports />}>
      <FindByAddress />
      <Filters />
      <Listed
        query={people}
        empty={
          isFiltered ? (
            <EmptyState what={t('audience.people.noneFound')} />
          ) : (
            <EmptyState
              what={t('audience.people.none')}
              next={
                <Group>
                  <Button component={Link} to="/audience/forms">
                    {t('audience.people.makeForm')}
                  </Button>
                  <Button component={Link} to="/audience/imports" variant="default">
                    {t('audience.people.bring')}
                  </Button>
                </Group>
              }
            />
          )
        }
      >
        {(items) => <People items={items} />}
      </Listed>
    </Panel>
  );
};
