import { Button, Stack, Tabs } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { Answered } from '../ui/answered.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { PageFrame } from '../ui/page-frame.tsx';
import { Overrides } from './overrides.tsx';
import { Pauses } from './pauses.tsx';
import { RouteList } from './route-list.tsx';
import { useAccounts } from './use-what-if.ts';
import { WhatIf } from './what-if.tsx';

/** Where posts go when a platform is not well, and the levers for a person who knows better. */
export default function RoutesPage() {
  const { t } = useTranslation();
  const accounts = useAccounts();
  const [params, setParams] = useSearchParams();
  const toAccounts = (
    <Button component={Link} to="/accounts">
      {t('now.connectFirst')}
    </Button>
  );
  return (
    <PageFrame title={t('page.routes')}>
      <Answered query={accounts}>
        {(items) =>
          items.length === 0 ? (
            <EmptyState what={t('routes.noAccounts')} next={toAccounts} />
          ) : (
            <Tabs
              value={params.get('tab') ?? 'what-if'}
              onChange={(tab) => setParams(tab === null || tab === 'what-if' ? {} : { tab })}
              keepMounted={false}
            >
              <Tabs.List mb="md">
                <Tabs.Tab value="what-if">{t('routes.tab.whatIf')}</Tabs.Tab>
                <Tabs.Tab value="by-hand">{t('routes.tab.byHand')}</Tabs.Tab>
              </Tabs.List>
              <Tabs.Panel value="what-if">
                <Stack>
                  <WhatIf accounts={items} />
                  <RouteList accounts={items} />
                </Stack>
              </Tabs.Panel>
              <Tabs.Panel value="by-hand">
                <Stack>
                  <Overrides accounts={items} />
                  <Pauses accounts={items} />
                </Stack>
              </Tabs.Panel>
            </Tabs>
          )
        }
      </Answered>
    </PageFrame>
  );
}
