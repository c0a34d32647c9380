import { Button, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

/** What an empty slot needs: an evergreen post that fits. */
export const EmptyActions = () => {
  const { t } = useTranslation();
  return (
    <Stack gap="xs">
      <Text size="sm" c="dimmed">
        {t('calendar.emptyNext')}
      </Text>
      <Button component={Link} to="/compose" variant="default">
        {t('shell.newPost')}
      </Button>
    </Stack>
  );
};
