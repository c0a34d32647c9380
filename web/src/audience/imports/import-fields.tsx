import { Group, Switch, TagsInput, Textarea, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFields } from '../../ui/use-fields.ts';

/** What is said of a file beside its columns. */
export interface ImportDraft {
  readonly source: string;
  readonly consentText: string;
  readonly textVersion: string;
  readonly tags: string[];
  readonly phoneCountry: string;
  readonly askToConfirm: boolean;
}

/** Where people come from, and what they agreed to. */
export const ImportFields = ({ form }: { readonly form: ReturnType<typeof useFields<ImportDraft>> }) => {
  const { t } = useTranslation();
  return (
    <>
      <TextInput
        {...form.text('source')}
        label={t('audience.import.source')}
        description={t('audience.import.sourceWhat')}
        required
      />
      <Textarea
        {...form.text('consentText')}
        label={t('audience.import.consent')}
        description={t('audience.import.consentWhat')}
        error={form.fault('consent.text')}
        autosize
        minRows={2}
        required
      />
      <Group grow align="flex-start">
        <TextInput
          {...form.text('textVersion')}
          label={t('audience.import.version')}
          error={form.fault('consent.textVersion')}
          required
        />
        <TagsInput {...form.pick('tags')} label={t('audience.import.tags')} />
        <TextInput {...form.text('phoneCountry')} label={t('audience.import.country')} maxLength={2} placeholder="FR" />
      </Group>
      <Switch
        {...form.check('askToConfirm')}
        label={t('audience.import.ask')}
        description={t('audience.import.askWhat')}
      />
    </>
  );
};
