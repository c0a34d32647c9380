import { Alert, Button, Group, List, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { toProblem } from '../api/problem.ts';

/** A refusal or failure in the server's words, with what it says of each field. */
export const ProblemNote = ({ error, onRetry }: { readonly error: unknown; readonly onRetry?: () => void }) => {
  const { t } = useTranslation();
  const problem = toProblem(error);
  return (
    <Alert color="red" icon={<IconAlertTriangle aria-hidden />} title={problem.message} role="alert">
      {problem.fields.length > 0 && (
        <List size="sm">
          {problem.fields.map(({ field, message }) => (
            <List.Item key={`${field} ${message}`}>
              <b>{field}</b>: {message}
            </List.Item>
          ))}
        </List>
      )}
      <Group justify="space-between" mt="xs">
        {problem.requestId ? (
          <Text size="xs" c="dimmed">
            {t('common.requestId', { id: problem.requestId })}
          </Text>
        ) : (
          <span />
        )}
        {onRetry && (
          <Button size="xs" variant="default" onClick={onRetry}>
            {t('common.tryAgain')}
          </Button>
        )}
      </Group>
    </Alert>
  );
};
