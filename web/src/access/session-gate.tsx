import { Center, Loader } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { lazy, type ReactNode, Suspense, useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useNavigate } from 'react-router';
import { sessionGetOptions } from '../api/generated/@tanstack/react-query.gen.ts';
import { toProblem } from '../api/problem.ts';
import { ProblemNote } from '../ui/problem-note.tsx';
import { type Session, SessionContext } from './session.ts';

const ForcedTotp = lazy(() => import('./forced-totp.tsx'));

/** Lets nobody in without a session; who must sign in comes back to where he wanted to go. */
export const SessionGate = ({ children }: { readonly children: ReactNode }) => {
  const toSignIn = useToSignIn();
  const { data, error, refetch } = useQuery(sessionGetOptions());
  const isSignedOut = error != null && toProblem(error).status === 401;
  useEffect(() => {
    if (isSignedOut) toSignIn();
  }, [isSignedOut, toSignIn]);
  const value = useMemo<Session | undefined>(() => {
    if (!data) return undefined;
    const may = (scope: string): boolean =>
      data.scopes.includes(scope) || (data.scopes.includes('admin') && scope !== 'operator');
    return { ...data, timezone: data.timeZone, may };
  }, [data]);
  if (isSignedOut) return <Wait />;
  if (value?.mustSetUpTotp)
    return (
      <Suspense fallback={<Wait />}>
        <ForcedTotp email={value.email} />
      </Suspense>
    );
  if (value) return <SessionContext value={value}>{children}</SessionContext>;
  if (error != null) return <ProblemNote error={error} onRetry={() => void refetch()} />;
  return <Wait />;
};

const Wait = () => {
  const { t } = useTranslation();
  return (
    <Center h="100vh">
      <Loader aria-label={t('common.loading')} />
    </Center>
  );
};

const useToSignIn = (): (() => void) => {
  const navigate = useNavigate();
  const { pathname, search } = useLocation();
  return useMemo(
    () => () => void navigate('/sign-in', { replace: true, state: { from: `${pathname}${search}` } }),
    [navigate, pathname, search],
  );
};
