import { Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';

const STAYS_MS = 15_000;

/** What was done, with a button that takes it back while the note stands. */
export const tellUndo = (message: string, undo: string, onUndo: () => void): void => {
  const id = notifications.show({
    color: 'leaf',
    autoClose: STAYS_MS,
    message: (
      <Group justify="space-between" gap="xs">
        <Text size="sm">{message}</Text>
        <Button
          size="compact-sm"
          variant="light"
          onClick={() => {
            notifications.hide(id);
            onUndo();
          }}
        >
          {undo}
        </Button>
      </Group>
    ),
  });
};
