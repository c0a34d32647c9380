import { Alert, Button, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

/** A page broke, or its code did not come. Only loading it anew helps: code that once did not come is not asked for again. */
export const BrokenNote = ({ error }: { readonly error: unknown }) => {
  const { t } = useTranslation();
  return (
    <Alert color="red" icon={<IconAlertTriangle aria-hidden />} title={t('common.broken')} role="alert">
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{t('common.brokenWhat')}</Text>
        {error instanceof Error && (
          <Text size="xs" c="dimmed">
            {error.message}
          </Text>
        )}
        <Button size="xs" variant="default" onClick={() => location.reload()}>
          {t('common.tryAgain')}
        </Button>
      </Stack>
    </Alert>
  );
};
