import { TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { importsGetOptions, importsOrderMutation } from '../api/generated/@tanstack/react-query.gen.ts';
import { refreshTags } from '../api/queries.ts';
import { Problem } from '../api/problem.ts';
import { ProblemNote } from '../ui/problem-note.tsx';
import { ProgressNote } from '../ui/progress-note.tsx';
import { SubmitForm } from '../ui/submit-form.tsx';
import { useFields } from '../ui/use-fields.ts';

const LOOK_EVERY_MS = 1_000;
const UNDER_WAY = ['queued', 'fetching'];

/** A video that the server fetches itself. No event tells its progress, so it is asked for while it lasts. */
export const FromAddress = ({ onTake }: { readonly onTake: (mediaId: string) => void }) => {
  const { t } = useTranslation();
  const [importId, setImportId] = useState<string>();
  const order = useMutation({ ...importsOrderMutation(), onSuccess: ({ id }) => setImportId(id) });
  const form = useFields({ url: '' }, order.error);
  const { data } = useQuery({
    ...importsGetOptions({ path: { id: importId ?? '' } }),
    enabled: importId !== undefined,
    refetchInterval: ({ state }) => (UNDER_WAY.includes(state.data?.state ?? 'queued') ? LOOK_EVERY_MS : false),
  });
  const mediaId = data?.mediaId;
  useEffect(() => {
    if (mediaId === undefined) return;
    void refreshTags(['Media']);
    onTake(mediaId);
  }, [mediaId, onTake]);
  const isUnderWay = data !== undefined && UNDER_WAY.includes(data.state);
  return (
    <SubmitForm
      label={t('compose.fetch')}
      action={order}
      onSubmit={() => order.mutate({ body: { url: form.values.url } })}
      fields={['url']}
      disabled={isUnderWay}
    >
      <TextInput type="url" label={t('compose.address')} description={t('compose.addressHint')} {...form.text('url')} />
      {isUnderWay && (
        <ProgressNote
          label={t('compose.fetching', { name: data.fileName })}
          done={data.receivedBytes}
          total={data.totalBytes}
        />
      )}
      {data?.problem && <ProblemNote error={new Problem({ status: 422, ...data.problem })} />}
    </SubmitForm>
  );
};
