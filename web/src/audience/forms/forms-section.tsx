import { Badge, Group, Paper, Stack, Text } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { BY_CURSOR } from '../../api/by-cursor.ts';
import {
  signUpFormsChangeMutation,
  signUpFormsCreateMutation,
  signUpFormsDeleteMutation,
  signUpFormsEmbedOptions,
  signUpFormsListInfiniteOptions,
} from '../../api/generated/@tanstack/react-query.gen.ts';
import type { SignUpFormDto } from '../../api/generated/types.gen.ts';
import { useDeed } from '../../api/use-deed.ts';
import { Answered } from '../../ui/answered.tsx';
import { AskButton } from '../../ui/ask-button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Listed } from '../../ui/listed.tsx';
import { ModalButton } from '../../ui/modal-button.tsx';
import { Panel } from '../../ui/panel.tsx';
import { Copyable } from '../../ui/shown-once.tsx';
import { SignUpFormForm } from './sign-up-form-form.tsx';

const TAGS = ['Audience'];

export default function FormsSection() {
  const { t } = useTranslation();
  const forms = useInfiniteQuery({ ...signUpFormsListInfiniteOptions(), ...BY_CURSOR });
  const create = useDeed(signUpFormsCreateMutation(), { tags: TAGS, said: t('common.saved'), inForm: true });
  const add = (
    <ModalButton label={t('audience.form.create')} variant="filled">
      {(close) => <SignUpFormForm action={create} onSubmit={(body) => create.mutate({ body }, { onSuccess: close })} />}
    </ModalButton>
  );
  return (
    <Panel title={t('audience.section.forms')} note={t('audience.form.what')} actions={add}>
      <Listed query={forms} empty={<EmptyState what={t('audience.form.none')} next={add} />}>
        {(items) => (
          <Stack>
            {items.map((form) => (
              <Form key={form.id} form={form} />
            ))}
          </Stack>
        )}
      </Listed>
    </Panel>
  );
}

const Form = ({ form }: { readonly form: SignUpFormDto }) => {
  const { t } = useTranslation();
  const path = { id: form.id };
  const change = useDeed(signUpFormsChangeMutation(), { tags: TAGS, said: t('common.saved'), inForm: true });
  const remove = useDeed(signUpFormsDeleteMutation(), { tags: TAGS, said: t('audience.form.removed') });
  return (
    <Paper withBorder p="sm">
      <Stack gap="xs">
        <Group justify="space-between">
          <Group gap="xs">
            <Text fw={600}>{form.name}</Text>
            <Badge color={form.isActive ? 'teal' : 'gray'}>{form.isActive ? t('common.on') : t('common.off')}</Badge>
            <Text size="sm" c="dimmed">
              {t('audience.form.version', { version: form.version })}
            </Text>
          </Group>
          <Group gap="xs">
            <ModalButton label={t('audience.form.embed')}>{() => <Embed id={form.id} />}</ModalButton>
            <ModalButton label={t('common.edit')} aria-label={`${t('common.edit')}: ${form.name}`}>
              {(close) => (
                <SignUpFormForm
                  action={change}
                  initial={form}
                  onSubmit={(body) => change.mutate({ path, body }, { onSuccess: close })}
                />
              )}
            </ModalButton>
            <AskButton
              label={t('common.delete')}
              of={form.name}
              title={t('audience.form.removeTitle', { name: form.name })}
              text={t('audience.form.removeText')}
              yes={t('common.delete')}
              onYes={() => remove.mutate({ path })}
            />
          </Group>
        </Group>
        <Copyable text={form.url} label={t('audience.form.link')} />
      </Stack>
    </Paper>
  );
};

const Embed = ({ id }: { readonly id: string }) => {
  const { t } = useTranslation();
  const embed = useQuery(signUpFormsEmbedOptions({ path: { id } }));
  return (
    <Answered query={embed}>
      {({ html }) => (
        <Stack>
          <Text size="sm">{t('audience.form.embedWhat')}</Text>
          <Copyable text={html} label={t('audience.form.embed')} />
        </Stack>
      )}
    </Answered>
  );
};
