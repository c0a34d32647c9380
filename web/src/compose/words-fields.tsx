import { Anchor, Group, Stack, Textarea, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type PlatformName, platformTitle } from '../ui/platforms.ts';
import { useComposing } from './draft-context.ts';
import { wordsFor } from './draft.ts';
import { errorText, ofPost, ofTargets } from './findings.ts';
import { hasTitle, type Meter, metersOf } from './limits.ts';
import { Meters } from './meters.tsx';

type Name = 'caption' | 'title';

/** Caption and title: of the post, or of one platform. */
export const WordsFields = ({ platform }: { readonly platform?: PlatformName }) => {
  const { t } = useTranslation();
  const { draft, dispatch, check, placesOf, platforms } = useComposing();
  const words = wordsFor(draft, platform);
  const own = platform ? draft.variants[platform] : undefined;
  const meters = useMeters(platform);
  const bind = (name: Name) => ({
    value: words[name],
    error: errorText(platform ? ofTargets(check.findings, placesOf(platform), name) : ofPost(check.findings, name)),
    onChange: ({ currentTarget }: { readonly currentTarget: { readonly value: string } }) =>
      dispatch({ type: 'word', platform, name, value: currentTarget.value }),
  });
  const facts = platforms.find((known) => known.platform === platform);
  return (
    <Stack gap="xs">
      <Textarea
        label={t('compose.caption')}
        description={platform && own?.caption === undefined ? t('compose.inherits') : undefined}
        autosize
        minRows={4}
        maxRows={14}
        {...bind('caption')}
      />
      <Group justify="space-between" gap="xs">
        {platform && own?.caption !== undefined ? <TakeBack platform={platform} name="caption" /> : <span />}
        <Meters meters={meters('caption', words.caption)} />
      </Group>
      {(!platform || hasTitle(facts)) && (
        <>
          <TextInput label={t('compose.title')} description={t('compose.titleHint')} {...bind('title')} />
          <Group justify="space-between" gap="xs">
            {platform && own?.title !== undefined ? <TakeBack platform={platform} name="title" /> : <span />}
            <Meters meters={meters('title', words.title)} />
          </Group>
        </>
      )}
    </Stack>
  );
};

const TakeBack = ({ platform, name }: { readonly platform: PlatformName; readonly name: Name }) => {
  const { t } = useTranslation();
  const { dispatch } = useComposing();
  return (
    <Anchor component="button" type="button" size="xs" onClick={() => dispatch({ type: 'word', platform, name })}>
      {t('compose.asEverywhere')}
    </Anchor>
  );
};

/** Of one platform its own meters; of the post the tightest among the platforms that take its words. */
const useMeters = (platform: PlatformName | undefined) => {
  const { draft, chosen, platforms } = useComposing();
  return (field: Name, text: string): readonly Meter[] => {
    const of = (name: PlatformName) =>
      metersOf(
        platforms.find((facts) => facts.platform === name),
        field,
        text,
      );
    if (platform) return of(platform);
    return chosen
      .filter((name) => draft.variants[name]?.[field] === undefined)
      .flatMap((name) =>
        of(name)
          .slice(0, 1)
          .map((meter) => ({ ...meter, rule: name, unit: `${meter.unit} (${platformTitle(name)})` })),
      )
      .sort((one, other) => other.used / other.max - one.used / one.max)
      .slice(0, 1);
  };
};
