import { Paper, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';

/** Nothing here yet: what this place is for and the next step, as a button or link. */
export const EmptyState = ({ what, next }: { readonly what: string; readonly next?: ReactNode }) => (
  <Paper withBorder p="xl">
    <Stack align="center" gap="sm">
      <Text c="dimmed" ta="center" maw={480}>
        {what}
      </Text>
      {next}
    </Stack>
  </Paper>
);
