import { Anchor, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { subscribersGetOptions } from '../../api/generated/@tanstack/react-query.gen.ts';
import { Answered } from '../../ui/answered.tsx';
import { Person } from './person.tsx';
import { ConsentLedger } from './consent-ledger.tsx';
import { Deliveries } from './deliveries.tsx';

export const SubscriberView = () => {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const subscriber = useQuery(subscribersGetOptions({ path: { id } }));
  return (
    <Stack>
      <Anchor component={Link} to="/audience/subscribers" size="sm">
        {t('audience.people.back')}
      </Anchor>
      <Answered query={subscriber}>
        {(found) => (
          <>
            <Person subscriber={found} />
            <ConsentLedger subscriber={found} />
            <Deliveries id={id} />
          </>
        )}
      </Answered>
    </Stack>
  );
};
