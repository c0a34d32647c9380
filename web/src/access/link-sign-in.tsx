import { Anchor, Loader, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { accessLinksSignInMutation } from '../api/generated/@tanstack/react-query.gen.ts';
import { ProblemNote } from '../ui/problem-note.tsx';
import { SubmitForm } from '../ui/submit-form.tsx';
import { useFields } from '../ui/use-fields.ts';
import { CodeField } from './code-field.tsx';
import { useEntrance, useSecondStep, withoutAsking } from './entrance.ts';

/** A link of whoever runs the server lets a member in, once. */
export const LinkSignIn = ({ token }: { readonly token: string }) => {
  const { t } = useTranslation();
  const enter = useEntrance();
  const second = useSecondStep();
  const { mutate, ...signIn } = useMutation({
    ...accessLinksSignInMutation(),
    onSuccess: enter,
    onError: second.hear,
  });
  const isTried = useRef(false);
  useEffect(() => {
    if (isTried.current) return;
    isTried.current = true;
    mutate({ body: { token } });
  }, [mutate, token]);
  const error = withoutAsking(signIn.error);
  const form = useFields({ code: '' }, error);
  if (second.isAsked)
    return (
      <SubmitForm
        label={t('access.confirmCode')}
        action={{ isPending: signIn.isPending, error }}
        fields={['code']}
        onSubmit={() => mutate({ body: { token, code: form.values.code.trim() } })}
        fullWidth
      >
        <CodeField {...form.text('code')} />
      </SubmitForm>
    );
  if (error != null)
    return (
      <Stack>
        <ProblemNote error={error} />
        <Anchor component={Link} to="/sign-in" reloadDocument ta="center">
          {t('access.withPassword')}
        </Anchor>
      </Stack>
    );
  return (
    <Stack align="center" role="status">
      <Loader aria-hidden />
      <Text>{t('access.lettingIn')}</Text>
    </Stack>
  );
};
