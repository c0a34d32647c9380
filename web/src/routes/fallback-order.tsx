import { ActionIcon, Group, Input, Paper, Select, Stack, Text, VisuallyHidden } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconGripVertical, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccountDto } from '../api/generated/types.gen.ts';
import { PlatformBadge } from '../ui/platform-badge.tsx';
import { platformTitle } from '../ui/platforms.ts';
import { reordered } from './route-draft.ts';

interface FallbackOrderProps {
  readonly chosen: readonly string[];
  readonly accounts: readonly AccountDto[];
  readonly error: string | undefined;
  readonly onChange: (chosen: readonly string[]) => void;
}

/** Accounts to go to, best first: by buttons, or dragged. */
export const FallbackOrder = ({ chosen, accounts, error, onChange }: FallbackOrderProps) => {
  const { t } = useTranslation();
  const [dragged, setDragged] = useState<number>();
  const [said, setSaid] = useState('');
  const nameOf = (id: string): string => accounts.find((one) => one.id === id)?.displayName ?? t('routes.gone');
  const move = (from: number, to: number): void => {
    const id = chosen[from];
    if (id === undefined || to < 0 || to >= chosen.length) return;
    onChange(reordered(chosen, from, to));
    setSaid(t('routes.nowAt', { name: nameOf(id), place: to + 1 }));
  };
  const free = accounts.filter(({ id }) => !chosen.includes(id));
  return (
    <Input.Wrapper label={t('routes.fallbacks')} description={t('routes.fallbacksWhat')} error={error}>
      <Stack gap={6} mt={6} component="ol" m={0} p={0} style={{ listStyle: 'none' }}>
        {chosen.map((id, index) => (
          <Paper
            key={id}
            component="li"
            withBorder
            px="xs"
            py={4}
            draggable
            onDragStart={() => setDragged(index)}
            onDragOver={(event) => event.preventDefault()}
            onDrop={(event) => {
              event.preventDefault();
              if (dragged !== undefined) move(dragged, index);
            }}
          >
            <Group justify="space-between" wrap="nowrap">
              <Group gap="xs" wrap="nowrap" miw={0}>
                <IconGripVertical size={16} aria-hidden style={{ cursor: 'grab', flexShrink: 0 }} />
                <Text size="sm">{index + 1}.</Text>
                <PlatformBadge platform={accounts.find((one) => one.id === id)?.platform ?? ''} account={nameOf(id)} />
              </Group>
              <Group gap={2} wrap="nowrap">
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  disabled={index === 0}
                  aria-label={t('routes.up', { name: nameOf(id) })}
                  onClick={() => move(index, index - 1)}
                >
                  <IconArrowUp size={16} aria-hidden />
                </ActionIcon>
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  disabled={index === chosen.length - 1}
                  aria-label={t('routes.downOne', { name: nameOf(id) })}
                  onClick={() => move(index, index + 1)}
                >
                  <IconArrowDown size={16} aria-hidden />
                </ActionIcon>
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  aria-label={`${t('common.remove')}: ${nameOf(id)}`}
                  onClick={() => onChange(chosen.filter((one) => one !== id))}
                >
                  <IconX size={16} aria-hidden />
                </ActionIcon>
              </Group>
            </Group>
          </Paper>
        ))}
      </Stack>
      <VisuallyHidden role="status" aria-live="polite">
        {said}
      </VisuallyHidden>
      {free.length > 0 && (
        <Select
          mt={6}
          aria-label={t('routes.addFallback')}
          placeholder={t('routes.addFallback')}
          data={free.map(({ id, displayName, platform }) => ({
            value: id,
            label: `${platformTitle(platform)} · ${displayName}`,
          }))}
          value={null}
          onChange={(id) => id && onChange([...chosen, id])}
        />
      )}
    </Input.Wrapper>
  );
};
