import { Badge, Group, MultiSelect, Stack, Tabs, TagsInput, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import {
  hashtagSetsListOptions,
  linksReadOptions,
  tagsListOptions,
} from '../api/generated/@tanstack/react-query.gen.ts';
import { Panel } from '../ui/panel.tsx';
import { PlatformBadge } from '../ui/platform-badge.tsx';
import { type PlatformName, platformTitle } from '../ui/platforms.ts';
import { useComposing } from './draft-context.ts';
import { FindingList } from './finding-list.tsx';
import { errorText, ofPost, ofTargets } from './findings.ts';
import { OptionFields } from './option-fields.tsx';
import { PLATFORM_OPTIONS } from './platform-options.ts';
import { WordsFields } from './words-fields.tsx';

const EVERYWHERE = 'everywhere';
const MANY = 100;

interface WordsStepProps {
  /** The platform that is looked at; undefined: the post as such. */
  readonly shown: PlatformName | undefined;
  readonly onShow: (platform: PlatformName | undefined) => void;
}

/** The words: once for everywhere, and what differs on one platform. */
export const WordsStep = ({ shown, onShow }: WordsStepProps) => {
  const { t } = useTranslation();
  const { chosen } = useComposing();
  const show = (tab: string | null): void => onShow(chosen.find((platform) => platform === tab));
  return (
    <Panel title={t('compose.words')}>
      <Tabs value={shown ?? EVERYWHERE} onChange={show} keepMounted={false}>
        <Tabs.List>
          <Tabs.Tab value={EVERYWHERE}>{t('compose.everywhere')}</Tabs.Tab>
          {chosen.map((platform) => (
            <PlatformTab key={platform} platform={platform} />
          ))}
        </Tabs.List>
        <Tabs.Panel value={EVERYWHERE} pt="sm">
          <WordsFields />
        </Tabs.Panel>
        {chosen.map((platform) => (
          <Tabs.Panel key={platform} value={platform} pt="sm">
            <PlatformWords platform={platform} />
          </Tabs.Panel>
        ))}
      </Tabs>
      <Labels />
      <LinkNote />
    </Panel>
  );
};

const PlatformTab = ({ platform }: { readonly platform: PlatformName }) => {
  const { t } = useTranslation();
  const { check, placesOf, draft } = useComposing();
  const faults = ofTargets(check.findings, placesOf(platform)).filter(
    ({ field, isWarning }) => !isWarning && !field.startsWith('media'),
  );
  return (
    <Tabs.Tab value={platform}>
      <Group gap={6} wrap="nowrap">
        <PlatformBadge platform={platform} />
        {draft.variants[platform] && <span title={t('compose.own')}>✎</span>}
        {faults.length > 0 && (
          <Badge
            variant="filled"
            color="red.9"
            c="white"
            size="sm"
            circle
            aria-label={t('compose.faults', { count: faults.length })}
          >
            {faults.length}
          </Badge>
        )}
      </Group>
    </Tabs.Tab>
  );
};

const PlatformWords = ({ platform }: { readonly platform: PlatformName }) => {
  const { t } = useTranslation();
  const { check, placesOf } = useComposing();
  const placed = ['caption', 'title', 'options', 'media'];
  const rest = ofTargets(check.findings, placesOf(platform)).filter(
    ({ field, code }) => !placed.some((name) => field.startsWith(name)) && !code.startsWith('fallback.'),
  );
  return (
    <Stack gap="md">
      <WordsFields platform={platform} />
      <FindingList findings={rest} />
      {PLATFORM_OPTIONS[platform].length > 0 && (
        <Stack gap="xs" component="fieldset" bd={0} p={0} m={0}>
          <Text component="legend" size="sm" fw={600} pb="xs">
            {t('compose.more', { platform: platformTitle(platform) })}
          </Text>
          <OptionFields platform={platform} />
        </Stack>
      )}
    </Stack>
  );
};

const Labels = () => {
  const { t } = useTranslation();
  const { draft, dispatch, check } = useComposing();
  const tags = useQuery(tagsListOptions({ query: { limit: MANY } }));
  const sets = useQuery(hashtagSetsListOptions({ query: { limit: MANY } }));
  return (
    <>
      <TagsInput
        label={t('compose.tags')}
        description={t('compose.tagsHint')}
        value={[...draft.tags]}
        onChange={(chosen) => dispatch({ type: 'set', change: { tags: chosen } })}
        data={tags.data?.items.map(({ tag }) => tag) ?? []}
        error={errorText(ofPost(check.findings, 'tags'))}
      />
      {(sets.data?.items.length ?? 0) > 0 && (
        <MultiSelect
          label={t('compose.hashtagSets')}
          description={t('compose.hashtagSetsHint')}
          value={[...draft.hashtagSetIds]}
          onChange={(chosen) => dispatch({ type: 'set', change: { hashtagSetIds: chosen } })}
          data={sets.data?.items.map(({ id, name }) => ({ value: id, label: name })) ?? []}
          error={errorText(ofPost(check.findings, 'hashtagSetIds'))}
        />
      )}
    </>
  );
};

/** Said only when a link of ours is among the words. */
const LinkNote = () => {
  const { t } = useTranslation();
  const { draft } = useComposing();
  const { data } = useQuery(linksReadOptions());
  const said = [draft.caption, ...Object.values(draft.variants).map((words) => words.caption ?? '')].join('\n');
  const domains = data?.domains.filter((domain) => said.toLowerCase().includes(domain)) ?? [];
  if (!data || domains.length === 0) return undefined;
  return (
    <Text size="sm" c="dimmed">
      {t(data.shorten ? 'compose.linksShort' : 'compose.links', { domains: domains.join(', ') })}
    </Text>
  );
};
