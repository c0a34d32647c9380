import { Button, Code, CopyButton, Group, SimpleGrid, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { saveText } from '../ui/save-text.ts';

interface RecoveryCodesProps {
  readonly codes: readonly string[];
  readonly onKept: () => void;
}

/** Shown once, to be taken elsewhere before going on. */
export const RecoveryCodes = ({ codes, onKept }: RecoveryCodesProps) => {
  const { t } = useTranslation();
  const text = `${codes.join('\n')}\n`;
  return (
    <Stack>
      <Text fw={600}>{t('access.totpRecovery')}</Text>
      <Text size="sm">{t('access.totpRecoveryWhat')}</Text>
      <SimpleGrid cols={2} spacing="xs">
        {codes.map((code) => (
          <Code key={code} ta="center" fz="sm">
            {code}
          </Code>
        ))}
      </SimpleGrid>
      <Group>
        <CopyButton value={text}>
          {({ copied, copy }) => (
            // The field that had the focus is gone; Enter, still held down, does no harm here.
            <Button variant="default" onClick={copy} autoFocus>
              {copied ? t('common.copied') : t('common.copy')}
            </Button>
          )}
        </CopyButton>
        <Button variant="default" onClick={() => saveText('perennial-recovery-codes.txt', text)}>
          {t('access.totpDownload')}
        </Button>
        <Button onClick={onKept}>{t('access.totpKept')}</Button>
      </Group>
    </Stack>
  );
};
