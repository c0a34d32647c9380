import { Alert, Button, Code, CopyButton, Group, Stack, Text } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

/** A line to take elsewhere, with a button that copies it. */
export const Copyable = ({ text, label }: { readonly text: string; readonly label: string }) => {
  const { t } = useTranslation();
  return (
    <Group gap="xs" wrap="nowrap" align="flex-start">
      <Code block flex={1} miw={0} aria-label={label} tabIndex={0} className="copyable">
        {text}
      </Code>
      <CopyButton value={text}>
        {({ copied, copy }) => (
          <Button
            variant="default"
            size="xs"
            onClick={copy}
            leftSection={copied ? <IconCheck size={14} aria-hidden /> : <IconCopy size={14} aria-hidden />}
            aria-label={`${t('common.copy')}: ${label}`}
          >
            {copied ? t('common.copied') : t('common.copy')}
          </Button>
        )}
      </CopyButton>
    </Group>
  );
};

/** A secret that the server answers this once. */
export const ShownOnce = ({ label, secret }: { readonly label: string; readonly secret: string }) => {
  const { t } = useTranslation();
  return (
    <Alert color="yellow" title={label}>
      <Stack gap="xs">
        <Copyable text={secret} label={label} />
        <Text size="sm">{t('common.shownOnce')}</Text>
      </Stack>
    </Alert>
  );
};
