import { Group, Select, Stack, Switch, TagsInput, Text, Textarea, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { subscriberImportsCreate } from '../../api/generated/sdk.gen.ts';
import type { SubscriberImportDto } from '../../api/generated/types.gen.ts';
import { refreshTags } from '../../api/queries.ts';
import { sendForm } from '../../api/send-form.ts';
import { FileDrop } from '../../ui/file-drop.tsx';
import { Panel } from '../../ui/panel.tsx';
import { ProgressNote } from '../../ui/progress-note.tsx';
import { sizeText } from '../../ui/sizes.ts';
import { SubmitForm } from '../../ui/submit-form.tsx';
import { useFields } from '../../ui/use-fields.ts';
import { guessMapping, headerOf, TARGETS, toMapping } from './columns.ts';

interface ImportDraft {
  readonly source: string;
  readonly consentText: string;
  readonly textVersion: string;
  readonly tags: string[];
  readonly phoneCountry: string;
  readonly askToConfirm: boolean;
}

const NEW: ImportDraft = {
  source: '',
  consentText: '',
  textVersion: '1',
  tags: [],
  phoneCountry: '',
  askToConfirm: false,
};
const HEADER_BYTES = 65_536;
type Mapping = Readonly<Record<string, string>>;

interface Wish {
  readonly file: File;
  readonly mapping: Mapping;
  readonly draft: ImportDraft;
}

/** Announced, then sent; the server judges every row and puts nobody on the list yet. */
const send = async ({ file, mapping, draft }: Wish, onSent: (bytes: number) => void): Promise<SubscriberImportDto> => {
  const { source, consentText, textVersion, tags, phoneCountry, askToConfirm } = draft;
  const { data } = await subscriberImportsCreate({
    body: {
      source,
      consent: { text: consentText, textVersion },
      mapping: toMapping(mapping),
      tags,
      askToConfirm,
      ...(phoneCountry === '' ? {} : { phoneCountry: phoneCountry.toUpperCase() }),
    },
    throwOnError: true,
  });
  const form = new FormData();
  form.append('file', file);
  return sendForm({ url: `/v1/subscriber-imports/${data.id}/file`, method: 'PUT', form, onSent });
};

export const NewImport = () => {
  const { t, i18n } = useTranslation();
  const navigate = useNavigate();
  const [file, setFile] = useState<File>();
  const [mapping, setMapping] = useState<Mapping>({});
  const [sent, setSent] = useState(0);
  const upload = useMutation<SubscriberImportDto, unknown, Wish>({
    mutationFn: (wish) => send(wish, setSent),
    onSuccess: ({ id }) => {
      void refreshTags(['Audience']);
      void navigate(`/audience/imports/${id}`, { replace: true });
    },
  });
  const form = useFields(NEW, upload.error);
  const choose = async (chosen: File): Promise<void> => {
    setFile(chosen);
    setMapping(guessMapping(headerOf(await chosen.slice(0, HEADER_BYTES).text())));
  };
  return (
    <Panel title={t('audience.import.begin')} note={t('audience.import.dryRun')}>
      <SubmitForm
        label={t('audience.import.judge')}
        action={upload}
        fields={['source']}
        disabled={file === undefined}
        onSubmit={() => file && upload.mutate({ file, mapping, draft: form.values })}
      >
        <FileDrop
          label={t('audience.import.choose')}
          hint={file ? `${file.name}, ${sizeText(file.size, i18n.language)}` : t('audience.import.chooseWhat')}
          accept=".csv,text/csv"
          onFiles={([chosen]) => chosen && void choose(chosen)}
        />
        {file && <Columns mapping={mapping} onChange={setMapping} />}
        <ImportFields form={form} />
        {upload.isPending && file && (
          <ProgressNote
            label={t('audience.import.sending')}
            done={sent}
            total={file.size}
            detail={`${sizeText(Math.min(sent, file.size), i18n.language)} / ${sizeText(file.size, i18n.language)}`}
          />
        )}
      </SubmitForm>
    </Panel>
  );
};

const ImportFields = ({ form }: { readonly form: ReturnType<typeof useFields<ImportDraft>> }) => {
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

interface ColumnsProps {
  readonly mapping: Mapping;
  readonly onChange: (mapping: Mapping) => void;
}

/** What each column is read as; any other becomes an attribute of the person when it is wanted. */
const Columns = ({ mapping, onChange }: ColumnsProps) => {
  const { t } = useTranslation();
  return (
    <Stack gap="xs" role="group" aria-label={t('audience.import.columns')}>
      <Text fw={500} size="sm">
        {t('audience.import.columns')}
      </Text>
      {Object.entries(mapping).map(([column, target]) => {
        const attribute = `attributes.${column.replace(/[^A-Za-z0-9_]/g, '_')}`;
        const own = target.startsWith('attributes.') ? target : attribute;
        return (
          <Group key={column} wrap="nowrap">
            <Text size="sm" w={160} truncate>
              {column}
            </Text>
            <Select
              size="xs"
              aria-label={t('audience.import.readAs', { column })}
              data={[
                { value: '', label: t('audience.import.ignore') },
                ...TARGETS.map((value) => ({ value, label: t(`audience.import.target.${value}`) })),
                { value: own, label: t('audience.import.asAttribute', { name: own.replace('attributes.', '') }) },
              ]}
              value={target}
              allowDeselect={false}
              onChange={(next) => onChange({ ...mapping, [column]: next ?? '' })}
              flex={1}
              maw={320}
            />
          </Group>
        );
      })}
    </Stack>
  );
};
