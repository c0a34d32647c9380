import { Group, NativeSelect, NumberInput, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { recyclingChangeMutation } from '../api/generated/@tanstack/react-query.gen.ts';
import type { PostRecyclingDto } from '../api/generated/types.gen.ts';
import { refreshTags } from '../api/queries.ts';
import { useSession } from '../access/session.ts';
import { omit } from '../ui/omit.ts';
import { Panel } from '../ui/panel.tsx';
import { platformTitle } from '../ui/platforms.ts';
import { SubmitForm } from '../ui/submit-form.tsx';
import { tellDone } from '../ui/tell.ts';
import { useFields } from '../ui/use-fields.ts';
import { changesOf, fieldsOf } from './recycling-fields.ts';

const FIELDS = ['gap', 'gapFreq', 'startDate', 'expireDate', 'expireCount', 'priority', 'weight'];
const UNITS = ['day', 'week', 'month'] as const;

/** How a post returns. What is empty is as its tags say; what holds in the end stands beside it. */
export const RecyclingForm = ({ settings }: { readonly settings: PostRecyclingDto }) => {
  const { t } = useTranslation();
  const { may } = useSession();
  const platforms = settings.duplicateRules.map(({ platform }) => platform);
  const before = fieldsOf(settings.recycling, platforms);
  const save = useMutation({
    ...recyclingChangeMutation(),
    onSuccess: () => {
      tellDone(t('library.evergreen.saved'));
      return refreshTags(['Recycling', 'Posts', 'Calendar', 'Queues']);
    },
  });
  const form = useFields(before, save.error);
  const { cooldownDays, gapFreq } = form.values;
  const number = (name: 'gap' | 'expireCount' | 'priority' | 'weight') => ({
    label: t(`library.evergreen.${name}`),
    description: inherited(name),
    value: form.values[name],
    onChange: (value: string | number) => form.set({ [name]: value === '' ? '' : Number(value) }),
    error: form.fault(name),
    min: 0,
  });
  const inherited = (name: string): string | undefined => {
    const value = settings.effective[name];
    const isOwn = settings.recycling[name] !== undefined;
    return isOwn || (typeof value !== 'number' && typeof value !== 'string')
      ? undefined
      : t('library.evergreen.inherited', { value });
  };
  const rest = (platform: string, value: string | number): void => {
    const others = omit(cooldownDays, platform);
    form.set({ cooldownDays: value === '' ? others : { ...others, [platform]: Number(value) } });
  };
  return (
    <Panel title={t('library.evergreen.settings')}>
      <SubmitForm
        label={t('common.save')}
        action={save}
        onSubmit={() => save.mutate({ path: { id: settings.postId }, body: changesOf(before, form.values) })}
        fields={FIELDS}
        disabled={!may('posts:write')}
      >
        <Group gap="sm" align="flex-end">
          <NumberInput {...number('gap')} />
          <NativeSelect
            label={t('library.evergreen.gapFreq')}
            value={gapFreq}
            onChange={({ currentTarget }) =>
              form.set({ gapFreq: UNITS.find((unit) => unit === currentTarget.value) ?? 'day' })
            }
            data={UNITS.map((unit) => ({ value: unit, label: t(`library.evergreen.freq.${unit}`) }))}
          />
        </Group>
        <Stack gap={4} component="fieldset" bd={0} p={0} m={0}>
          <Text component="legend" size="sm" fw={500}>
            {t('library.evergreen.cooldownDays')}
          </Text>
          <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }}>
            {settings.duplicateRules.map((rule) => (
              <NumberInput
                key={rule.platform}
                label={platformTitle(rule.platform)}
                description={rule.why}
                placeholder={String(rule.cooldownDays)}
                value={cooldownDays[rule.platform] ?? ''}
                onChange={(value) => rest(rule.platform, value)}
                error={form.fault(`cooldownDays.${rule.platform}`)}
                min={0}
                inputWrapperOrder={['label', 'input', 'description', 'error']}
              />
            ))}
          </SimpleGrid>
        </Stack>
        <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }}>
          <TextInput type="date" label={t('library.evergreen.startDate')} {...form.text('startDate')} />
          <TextInput type="date" label={t('library.evergreen.expireDate')} {...form.text('expireDate')} />
          <NumberInput {...number('expireCount')} />
          <NumberInput {...number('priority')} />
          <NumberInput {...number('weight')} />
        </SimpleGrid>
      </SubmitForm>
    </Panel>
  );
};
