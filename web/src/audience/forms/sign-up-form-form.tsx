import { Checkbox, Group, Switch, TagsInput, Textarea, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { CreateSignUpFormDto, SignUpFormDto } from '../../api/generated/types.gen.ts';
import { SubmitForm } from '../../ui/submit-form.tsx';
import { useFields } from '../../ui/use-fields.ts';

interface SignUpFormFormProps {
  readonly action: { readonly isPending: boolean; readonly error: unknown };
  readonly initial?: SignUpFormDto;
  readonly onSubmit: (wish: CreateSignUpFormDto) => void;
}

const TOPICS = ['outages', 'news'] as const;

/** The words of a sign-up page; every change makes a new version of what people agree to. */
export const SignUpFormForm = ({ action, initial, onSubmit }: SignUpFormFormProps) => {
  const { t, i18n } = useTranslation();
  const form = useFields(
    {
      name: initial?.name ?? '',
      title: initial?.title ?? '',
      intro: initial?.intro ?? '',
      language: initial?.language ?? i18n.language,
      consentText: initial?.consentText ?? t('audience.form.usualConsent'),
      smsConsentText: initial?.smsConsentText ?? '',
      topics: [...(initial?.topics ?? TOPICS)] as string[],
      tags: [...(initial?.tags ?? [])],
      isActive: initial?.isActive ?? true,
    },
    action.error,
  );
  const { topics, smsConsentText, ...rest } = form.values;
  const wish: CreateSignUpFormDto = {
    ...rest,
    smsConsentText: smsConsentText.trim() === '' ? null : smsConsentText,
    topics: TOPICS.filter((topic) => topics.includes(topic)),
  };
  return (
    <SubmitForm
      label={t('common.save')}
      action={action}
      fields={Object.keys(form.values)}
      onSubmit={() => onSubmit(wish)}
    >
      <Group grow align="flex-start">
        <TextInput
          {...form.text('name')}
          label={t('common.name')}
          description={t('audience.form.nameWhat')}
          data-autofocus
          required
        />
        <TextInput
          {...form.text('language')}
          label={t('audience.people.language')}
          description={t('audience.form.languageWhat')}
          required
        />
      </Group>
      <TextInput {...form.text('title')} label={t('audience.form.title')} required />
      <Textarea {...form.text('intro')} label={t('audience.form.intro')} autosize minRows={2} />
      <Textarea
        {...form.text('consentText')}
        label={t('audience.form.consent')}
        description={t('audience.form.consentWhat')}
        autosize
        minRows={2}
        required
      />
      <Textarea
        {...form.text('smsConsentText')}
        label={t('audience.form.smsConsent')}
        description={t('audience.form.smsConsentWhat')}
        autosize
        minRows={2}
      />
      <Checkbox.Group
        label={t('audience.form.topics')}
        value={topics}
        onChange={(next) => form.set({ topics: next })}
        error={form.fault('topics')}
      >
        <Group mt="xs">
          {TOPICS.map((topic) => (
            <Checkbox key={topic} value={topic} label={t(`audience.form.topic.${topic}`)} />
          ))}
        </Group>
      </Checkbox.Group>
      <TagsInput {...form.pick('tags')} label={t('audience.form.tags')} />
      <Switch {...form.check('isActive')} label={t('audience.form.active')} />
    </SubmitForm>
  );
};
