import { NativeSelect, Slider, Stack, Switch, TagsInput, Text, Textarea, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { PlatformName } from '../ui/platforms.ts';
import { useComposing } from './draft-context.ts';
import { errorText, ofTargets } from './findings.ts';
import { wordsFor } from './draft.ts';
import { type OptionField, PLATFORM_OPTIONS } from './platform-options.ts';

const MS = 1_000;

/** What one platform lets one choose; what is not touched stays as the platform does it. */
export const OptionFields = ({ platform }: { readonly platform: PlatformName }) => (
  <Stack gap="sm">
    {PLATFORM_OPTIONS[platform].map((field) => (
      <OptionInput key={field.name} platform={platform} field={field} />
    ))}
  </Stack>
);

interface OptionInputProps {
  readonly platform: PlatformName;
  readonly field: OptionField;
}

const OptionInput = ({ platform, field }: OptionInputProps) => {
  const { t } = useTranslation();
  const { draft, dispatch, check, placesOf, media } = useComposing();
  const value = wordsFor(draft, platform).options[field.name];
  const put = (next: unknown): void => dispatch({ type: 'option', platform, name: field.name, value: next });
  const look = {
    label: t(`compose.option.${field.name}`),
    error: errorText(ofTargets(check.findings, placesOf(platform), `options.${field.name}`)),
  };
  const text = typeof value === 'string' ? value : '';
  switch (field.kind) {
    case 'switch': {
      const isOn = typeof value === 'boolean' ? value : (field.isOnByDefault ?? false);
      return <Switch {...look} checked={isOn} onChange={({ currentTarget }) => put(currentTarget.checked)} />;
    }
    case 'text':
      return <TextInput {...look} value={text} onChange={({ currentTarget }) => put(currentTarget.value)} />;
    case 'long':
      return (
        <Textarea
          {...look}
          autosize
          minRows={2}
          value={text}
          onChange={({ currentTarget }) => put(currentTarget.value)}
        />
      );
    case 'list':
      return (
        <TagsInput
          {...look}
          value={Array.isArray(value) ? value.map(String) : []}
          onChange={(list) => put(list.length === 0 ? undefined : list)}
        />
      );
    case 'choice':
      return (
        <NativeSelect {...look} value={text} onChange={({ currentTarget }) => put(currentTarget.value)}>
          <option value="">{t('compose.preset')}</option>
          {field.choices.map((choice) => (
            <option key={choice} value={choice}>
              {t(`compose.choice.${choice as 'HTML'}`)}
            </option>
          ))}
        </NativeSelect>
      );
    case 'cover': {
      const at = typeof value === 'number' ? value : 0;
      return (
        <div>
          <Text size="sm" fw={500}>
            {look.label}: {t('compose.coverAt', { seconds: (at / MS).toFixed(1) })}
          </Text>
          <Slider
            thumbLabel={look.label}
            label={null}
            min={0}
            max={media?.durationMs ?? 0}
            step={100}
            value={at}
            disabled={!media}
            onChange={put}
          />
        </div>
      );
    }
  }
};
