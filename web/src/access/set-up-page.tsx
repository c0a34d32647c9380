import { Anchor, Code, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { accessLinksStateOptions } from '../api/generated/@tanstack/react-query.gen.ts';
import { Answered } from '../ui/answered.tsx';
import { DoorFrame } from './door-frame.tsx';
import { FirstOwnerForm } from './first-owner-form.tsx';
import { useLinkToken } from './link-token.ts';

/** The first owner of a new server comes in by the link that it printed. */
export default function SetUpPage() {
  const { t } = useTranslation();
  const token = useLinkToken();
  const setup = useQuery(accessLinksStateOptions());
  return (
    <DoorFrame title={t('access.setUp')}>
      <Answered query={setup}>
        {({ needed }) => {
          if (!needed) return <AlreadyDone />;
          return token === '' ? <WhereTheLinkIs /> : <FirstOwnerForm token={token} />;
        }}
      </Answered>
    </DoorFrame>
  );
}

const AlreadyDone = () => {
  const { t } = useTranslation();
  return (
    <>
      <Text>{t('access.setUpDone')}</Text>
      <Anchor component={Link} to="/sign-in">
        {t('access.signIn')}
      </Anchor>
    </>
  );
};

const WhereTheLinkIs = () => {
  const { t } = useTranslation();
  return (
    <>
      <Text>{t('access.setUpWhere')}</Text>
      <Code block>{`${location.origin}/setup#…`}</Code>
      <Text size="sm" c="dimmed">
        {t('access.setUpAgain')}
      </Text>
    </>
  );
};
