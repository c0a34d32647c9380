import { MultiSelect, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import {
  newsletterGetOptions,
  newsletterListsOptions,
  newsletterRemoveMutation,
  newsletterReplaceMutation,
} from '../../api/generated/@tanstack/react-query.gen.ts';
import type { NewsletterResponse } from '../../api/generated/types.gen.ts';
import { toProblem } from '../../api/problem.ts';
import { useDeed } from '../../api/use-deed.ts';
import { Answered } from '../../ui/answered.tsx';
import { AskButton } from '../../ui/ask-button.tsx';
import { Panel } from '../../ui/panel.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { SubmitForm } from '../../ui/submit-form.tsx';
import { useFields } from '../../ui/use-fields.ts';

const TAGS = ['Audience'];
const NOT_FOUND = 404;

export default function NewsletterSection() {
  const { t } = useTranslation();
  const newsletter = useQuery(newsletterGetOptions());
  const isUnset = newsletter.isError && toProblem(newsletter.error).status === NOT_FOUND;
  return (
    <Panel title={t('settings.section.newsletter')} note={t('settings.newsletter.what')}>
      {isUnset ? (
        <Connection />
      ) : (
        <Answered query={newsletter}>
          {(found) => (
            <Stack>
              <Connection key={found.url} connected={found} />
              <Lists newsletter={found} />
            </Stack>
          )}
        </Answered>
      )}
    </Panel>
  );
}

const Connection = ({ connected }: { readonly connected?: NewsletterResponse }) => {
  const { t } = useTranslation();
  const save = useDeed(newsletterReplaceMutation(), { tags: TAGS, said: t('common.saved'), inForm: true });
  const remove = useDeed(newsletterRemoveMutation(), { tags: TAGS, said: t('settings.newsletter.removed') });
  const form = useFields({ url: connected?.url ?? '', username: connected?.username ?? '', token: '' }, save.error);
  const send = (): void => {
    const { token, ...body } = form.values;
    save.mutate({ body: { ...body, listIds: connected?.listIds ?? [], ...(token === '' ? {} : { token }) } });
  };
  return (
    <SubmitForm
      label={connected ? t('common.save') : t('settings.newsletter.connect')}
      action={save}
      fields={Object.keys(form.values)}
      onSubmit={send}
      aside={
        connected && (
          <AskButton
            label={t('settings.newsletter.disconnect')}
            title={t('settings.newsletter.disconnect')}
            text={t('settings.newsletter.disconnectText')}
            yes={t('settings.newsletter.disconnect')}
            onYes={() => remove.mutate({})}
          />
        )
      }
    >
      <TextInput
        {...form.text('url')}
        type="url"
        label={t('settings.newsletter.url')}
        placeholder="https://"
        required
      />
      <TextInput
        {...form.text('username')}
        label={t('settings.newsletter.username')}
        description={t('settings.newsletter.usernameWhat')}
        autoComplete="off"
        required
      />
      <PasswordInput
        {...form.text('token')}
        label={t('settings.newsletter.token')}
        placeholder={connected ? t('settings.mail.passwordStays') : ''}
        autoComplete="off"
      />
    </SubmitForm>
  );
};

const Lists = ({ newsletter }: { readonly newsletter: NewsletterResponse }) => {
  const { t } = useTranslation();
  const lists = useQuery(newsletterListsOptions());
  const save = useDeed(newsletterReplaceMutation(), { tags: TAGS, said: t('common.saved') });
  const { url, username, listIds } = newsletter;
  if (lists.isError) return <ProblemNote error={lists.error} onRetry={() => void lists.refetch()} />;
  return (
    <MultiSelect
      label={t('settings.newsletter.lists')}
      description={t('settings.newsletter.listsWhat')}
      data={(lists.data?.items ?? []).map(({ id, name, subscribers }) => ({
        value: String(id),
        label: `${name} (${subscribers})`,
      }))}
      value={listIds.map(String)}
      onChange={(chosen) => save.mutate({ body: { url, username, listIds: chosen.map(Number) } })}
    />
  );
};
