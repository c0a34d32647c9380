import { Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Route, Routes } from 'react-router';
import { ShownOnce } from '../../ui/shown-once.tsx';
import { WebhookLog } from './webhook-log.tsx';
import { Webhooks } from './webhooks.tsx';

export default function WebhooksSection() {
  const { t } = useTranslation();
  const [secret, setSecret] = useState<string>();
  return (
    <Stack>
      {secret !== undefined && <ShownOnce label={t('settings.webhooks.secret')} secret={secret} />}
      <Routes>
        <Route index element={<Webhooks onSecret={setSecret} />} />
        <Route path=":id" element={<WebhookLog />} />
      </Routes>
    </Stack>
  );
}
