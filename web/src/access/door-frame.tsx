import { Anchor, Center, Group, Paper, Stack, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { changeLanguage, type Language, LANGUAGES } from '../i18n/set-up-i18n.ts';

/** Pages before the door: sign-in, set-up, invitation, new password. */
export const DoorFrame = ({ title, children }: { readonly title: string; readonly children: ReactNode }) => {
  useDocumentTitle(`${title} – Perennial`);
  return (
    <Center component="main" mih="100vh" p="md">
      <Stack w="100%" maw={420}>
        <Group justify="center" gap="xs">
          <img src="/favicon.svg" width={28} height={28} alt="" />
          <b>Perennial</b>
        </Group>
        <Paper withBorder p="xl">
          <Stack>
            <Title order={1} size="h3">
              {title}
            </Title>
            {children}
          </Stack>
        </Paper>
        <Languages />
      </Stack>
    </Center>
  );
};

const Languages = () => {
  const { i18n } = useTranslation();
  return (
    <Group justify="center" gap="md">
      {Object.entries(LANGUAGES).map(([tag, label]) => (
        <Anchor
          key={tag}
          component="button"
          type="button"
          size="sm"
          lang={tag}
          aria-pressed={i18n.language === tag}
          onClick={() => void changeLanguage(tag as Language)}
        >
          {label}
        </Anchor>
      ))}
    </Group>
  );
};
