import { useTranslation } from 'react-i18next';
import { DoorFrame } from './door-frame.tsx';
import { LinkSignIn } from './link-sign-in.tsx';
import { useLinkToken } from './link-token.ts';
import { PasswordSignIn } from './password-sign-in.tsx';

export default function SignInPage() {
  const { t } = useTranslation();
  const token = useLinkToken();
  return (
    <DoorFrame title={t('access.signIn')}>
      {token === '' ? <PasswordSignIn /> : <LinkSignIn key={token} token={token} />}
    </DoorFrame>
  );
}
