import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { AskedConfirmation } from './confirm.ts';
import { useFocusBack } from './use-focus-back.ts';

export default function ConfirmDialog({ asked }: { readonly asked: AskedConfirmation }) {
  const { t } = useTranslation();
  useFocusBack();
  const { title, text, yes, isGrave = true, answer } = asked;
  return (
    <Modal opened onClose={() => answer(false)} title={title}>
      <Stack>
        {typeof text === 'string' ? <Text size="sm">{text}</Text> : text}
        <Group justify="flex-end">
          <Button variant="default" onClick={() => answer(false)} data-autofocus>
            {t('common.cancel')}
          </Button>
          <Button {...(isGrave ? { color: 'red.9' } : {})} onClick={() => answer(true)}>
            {yes}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
