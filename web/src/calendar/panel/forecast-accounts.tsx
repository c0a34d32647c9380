import { Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { PlatformBadge } from '../../ui/platform-badge.tsx';
import { useAccounts } from '../use-accounts.ts';

/** Where a run would go that is not planned yet. */
export const ForecastAccounts = ({ accountIds }: { readonly accountIds: readonly string[] }) => {
  const { t } = useTranslation();
  const accounts = useAccounts();
  return (
    <Stack gap={4}>
      <Text size="sm" c="dimmed">
        {t('calendar.forecastWhat')}
      </Text>
      {accountIds.map((id) => {
        const account = accounts.get(id);
        return account && <PlatformBadge key={id} platform={account.platform} account={account.displayName} />;
      })}
    </Stack>
  );
};
