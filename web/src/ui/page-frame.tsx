import { Container, Group, Stack, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import type { ReactNode } from 'react';

interface PageFrameProps {
  readonly title: string;
  /** Buttons on the right of the title. */
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** Every page: one heading of the first level, its actions, its content. */
export const PageFrame = ({ title, actions, children }: PageFrameProps) => {
  useDocumentTitle(`${title} – Perennial`);
  return (
    <Container size="xl" px={0}>
      <Stack>
        <Group justify="space-between">
          <Title order={1} size="h2">
            {title}
          </Title>
          <Group gap="xs">{actions}</Group>
        </Group>
        {children}
      </Stack>
    </Container>
  );
};
