import { Alert, Button, List, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { platformTitle } from '../ui/platforms.ts';
import { forgetConsentNews, readConsentNews } from './consent-news.ts';

/** Reads what the server left for us, once. */
const takeNews = () => {
  const news = readConsentNews(document.cookie);
  document.cookie = forgetConsentNews(location.pathname);
  return news;
};

interface CameBackProps {
  readonly onAgain: (platform: string, accountId: string | undefined) => void;
}

/** The person is back from the platform's page: what became of it, and a way to try again. */
export const CameBack = ({ onAgain }: CameBackProps) => {
  const { t } = useTranslation();
  const [params, setParams] = useSearchParams();
  const [news] = useState(takeNews);
  const ending = params.get('consent');
  const platform = news?.platform ?? params.get('platform') ?? '';
  if (ending !== 'connected' && ending !== 'refused') return null;
  const isRefused = ending === 'refused';
  const named = platformTitle(platform);
  const close = (): void => setParams({}, { replace: true });
  const again = (): void => {
    onAgain(platform, params.get('again') ?? undefined);
    close();
  };
  return (
    <Alert
      color={isRefused ? 'red' : 'teal'}
      role={isRefused ? 'alert' : 'status'}
      title={t(isRefused ? 'accounts.notConnected' : 'accounts.cameBack', { platform: named })}
      withCloseButton
      onClose={close}
      closeButtonLabel={t('common.close')}
    >
      <Stack gap="xs" align="flex-start">
        {isRefused && <Text size="sm">{news?.text ?? t('accounts.notConnectedWhat')}</Text>}
        {!isRefused && news && news.notices.length > 0 && (
          <List size="sm">
            {news.notices.map((notice) => (
              <List.Item key={notice}>{notice}</List.Item>
            ))}
          </List>
        )}
        {isRefused && (
          <Button size="xs" variant="default" onClick={again}>
            {t('common.tryAgain')}
          </Button>
        )}
      </Stack>
    </Alert>
  );
};
