import { useQuery } from '@tanstack/react-query';
import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { signInShowInvite } from '../api/generated/sdk.gen.ts';
import { Answered } from '../ui/answered.tsx';
import { AcceptForm } from './accept-form.tsx';
import { DoorFrame } from './door-frame.tsx';
import { useLinkToken } from './link-token.ts';

/** Reading an invitation changes nothing, though it is a POST: secrets do not travel in addresses. */
export default function InvitePage() {
  const { t } = useTranslation();
  const token = useLinkToken();
  const invite = useQuery({
    queryKey: ['invite', token],
    queryFn: async ({ signal }) => (await signInShowInvite({ body: { token }, signal })).data,
    enabled: token !== '',
    gcTime: 0,
  });
  return (
    <DoorFrame title={t('access.join')}>
      {token === '' ? (
        <Text>{t('access.joinWhere')}</Text>
      ) : (
        <Answered query={invite}>{(shown) => <AcceptForm invite={shown} token={token} />}</Answered>
      )}
    </DoorFrame>
  );
}
