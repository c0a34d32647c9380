import { NumberInput, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { targetBatchesRequeue } from '../../api/generated/sdk.gen.ts';
import { SubmitForm } from '../../ui/submit-form.tsx';
import { tellDone } from '../../ui/tell.ts';
import { lostTargets } from '../bulk.ts';
import { type BulkFormProps, refresh } from './bulk-form.ts';

const HOUR_MINUTES = 60;

export const RequeueForm = ({ posts, onDone }: BulkFormProps) => {
  const { t } = useTranslation();
  const [everyMinutes, setEvery] = useState(HOUR_MINUTES);
  const targetIds = lostTargets(posts);
  const requeue = useMutation({
    mutationFn: async () => (await targetBatchesRequeue({ body: { targetIds, everyMinutes } })).data,
    onSuccess: async ({ changed, leftAlone }) => {
      onDone();
      const left = leftAlone.length > 0 ? ` ${t('library.bulk.leftAlone', { count: leftAlone.length })}` : '';
      tellDone(`${t('library.bulk.requeueDone', { changed })}${left}`);
      await refresh();
    },
  });
  if (targetIds.length === 0) return <Text size="sm">{t('library.bulk.noLost')}</Text>;
  return (
    <SubmitForm label={t('library.bulk.requeue')} action={requeue} onSubmit={() => requeue.mutate()}>
      <Text size="sm">{t('library.bulk.requeueWhat')}</Text>
      <NumberInput
        label={t('library.bulk.every')}
        value={everyMinutes}
        onChange={(value) => setEvery(Math.max(1, Number(value)))}
        min={1}
        allowDecimal={false}
        data-autofocus
      />
    </SubmitForm>
  );
};
