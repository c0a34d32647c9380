import { Button, Select } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SuppressionDto } from '../../api/generated/types.gen.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Listed } from '../../ui/listed.tsx';
import { ModalButton } from '../../ui/modal-button.tsx';
import { Panel } from '../../ui/panel.tsx';
import { BY_CURSOR } from '../../api/by-cursor.ts';
import { suppressionsListInfiniteOptions } from '../../api/generated/@tanstack/react-query.gen.ts';
import { Suppressed } from './suppressed-table.tsx';
import { FindForm } from './find-suppression.tsx';
import { AddForm } from './add-suppressions.tsx';

const REASONS = ['manual', 'unsubscribed', 'bounced', 'complained', 'paused', 'erased'] as const;

export default function SuppressionsSection() {
  const { t } = useTranslation();
  const [reason, setReason] = useState<SuppressionDto['reason'] | null>(null);
  const list = useInfiniteQuery({
    ...suppressionsListInfiniteOptions({ query: reason ? { reason } : {} }),
    ...BY_CURSOR,
  });
  const add = (
    <ModalButton label={t('audience.suppression.add')} variant="filled">
      {(close) => <AddForm onDone={close} />}
    </ModalButton>
  );
  return (
    <Panel
      title={t('audience.section.suppressions')}
      note={t('audience.suppression.what')}
      actions={
        <>
          <Button size="xs" variant="default" component="a" href="/v1/suppressions/export.csv" download>
            {t('audience.people.export')}
          </Button>
          {add}
        </>
      }
    >
      <FindForm />
      <Select
        label={t('audience.suppression.reason')}
        placeholder={t('common.all')}
        data={REASONS.map((value) => ({ value, label: t(`audience.suppression.because.${value}`) }))}
        value={reason}
        onChange={setReason}
        clearable
        maw={260}
      />
      <Listed query={list} empty={<EmptyState what={t('audience.suppression.none')} next={reason === null && add} />}>
        {(items) => <Suppressed items={items} />}
      </Listed>
    </Panel>
  );
}
