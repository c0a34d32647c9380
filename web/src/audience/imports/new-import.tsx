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
import { guessMapping, headerOf, toMapping } from './columns.ts';
import { type Mapping, Columns } from './column-fields.tsx';
import { type ImportDraft, ImportFields } from './import-fields.tsx';

const NEW: ImportDraft = {
  source: '',
  consentText: '',
  textVersion: '1',
  tags: [],
  phoneCountry: '',
  askToConfirm: false,
};

const HEADER_BYTES = 65_536;

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
  });
  const form = new FormData();
  form.append('file', file);
  return sendForm({ url: `/v1/subscriber-imports/${data.id}/file`, method: 'PUT', form, onSent });
};

/** A file with people, judged before anybody joins. */
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
