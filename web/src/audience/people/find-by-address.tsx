import { TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { subscriberChangesFindMutation } from '../../api/generated/@tanstack/react-query.gen.ts';
import { useDeed } from '../../api/use-deed.ts';
import { SubmitForm } from '../../ui/submit-form.tsx';
import { useFields } from '../../ui/use-fields.ts';

/** Leads to one person; the address is asked in the body, never in an address bar. */
export const FindByAddress = () => {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const find = useDeed(subscriberChangesFindMutation(), {
    tags: [],
    onDone: ({ id }) => void navigate(`/audience/subscribers/${id}`),
    inForm: true,
  });
  const form = useFields({ email: '' }, find.error);
  return (
    <SubmitForm
      label={t('audience.people.find')}
      action={find}
      fields={['email']}
      onSubmit={() => find.mutate({ body: { email: form.values.email.trim() } })}
    >
      <TextInput
        {...form.text('email')}
        type="search"
        label={t('audience.people.findWhat')}
        placeholder="ada@example.com"
        autoComplete="off"
      />
    </SubmitForm>
  );
};
