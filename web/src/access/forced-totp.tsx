import { Anchor, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { sessionSignOutMutation } from '../api/generated/@tanstack/react-query.gen.ts';
import { refreshTags } from '../api/queries.ts';
import { tellProblem } from '../ui/tell.ts';
import { DoorFrame } from './door-frame.tsx';
import { TotpEnrolment } from './totp-enrolment.tsx';

/** The workspace demands a second factor of everybody: nothing else opens before. */
export default function ForcedTotp({ email }: { readonly email: string }) {
  const { t } = useTranslation();
  const signOut = useMutation({
    ...sessionSignOutMutation(),
    onSuccess: () => location.assign('/sign-in'),
    onError: tellProblem,
  });
  return (
    <DoorFrame title={t('access.totpTitle')}>
      <Text>{t('access.totpForced')}</Text>
      <TotpEnrolment email={email} onDone={() => void refreshTags(['Sessions'])} />
      <Anchor component="button" type="button" size="sm" onClick={() => signOut.mutate({})}>
        {t('access.signOut')}
      </Anchor>
    </DoorFrame>
  );
}
