import { Badge, Button, Group, Stack, Table, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import {
  renditionsCreateMutation,
  renditionsListOptions,
  renditionsListQueryKey,
} from '../api/generated/@tanstack/react-query.gen.ts';
import type { MediaDto } from '../api/generated/types.gen.ts';
import { queryClient, refreshTags } from '../api/queries.ts';
import { PlatformBadge } from '../ui/platform-badge.tsx';
import { ProgressNote } from '../ui/progress-note.tsx';
import { lengthText, sizeText } from '../ui/sizes.ts';
import { tellProblem } from '../ui/tell.ts';
import { useComposing } from './draft-context.ts';
import { FindingList } from './finding-list.tsx';
import { type Finding, isRefused, ofTargets } from './findings.ts';
import { Thumbnail } from '../ui/thumbnail.tsx';

/** What the probe found, and what each chosen platform says of it. */
export const VideoFacts = ({ media }: { readonly media: MediaDto }) => {
  const { t, i18n } = useTranslation();
  const shape = media.width === media.height ? 'square' : media.width < media.height ? 'upright' : 'wide';
  const rows: readonly (readonly [string, string])[] = [
    [t('compose.duration'), lengthText(media.durationMs)],
    [t('compose.size'), sizeText(media.bytes, i18n.language)],
    [
      t('compose.picture'),
      `${media.width} × ${media.height}, ${t(`compose.${shape}`)}${media.fps > 0 ? `, ${media.fps} fps` : ''}`,
    ],
    [t('compose.codecs'), `${media.container}: ${media.videoCodec}, ${media.audioCodec ?? t('compose.silent')}`],
  ];
  return (
    <Group align="flex-start" wrap="nowrap" gap="sm">
      <div style={{ width: 84, flexShrink: 0 }}>
        <Thumbnail mediaId={media.id} />
      </div>
      <Stack gap={6} style={{ flexGrow: 1, minWidth: 0 }}>
        <Text fw={500} truncate>
          {media.fileName}
        </Text>
        <Table withRowBorders={false} verticalSpacing={1} horizontalSpacing={4} aria-label={t('compose.facts')}>
          <Table.Tbody>
            {rows.map(([name, value]) => (
              <Table.Tr key={name}>
                <Table.Th scope="row" fw={400} c="dimmed" fz="xs">
                  {name}
                </Table.Th>
                <Table.Td fz="xs">{value}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
        <Verdicts media={media} />
      </Stack>
    </Group>
  );
};

const Verdicts = ({ media }: { readonly media: MediaDto }) => {
  const { t } = useTranslation();
  const { chosen, placesOf, check } = useComposing();
  const verdicts = chosen.map((platform) => ({
    platform,
    findings: ofTargets(check.findings, placesOf(platform), 'media'),
  }));
  const refused = verdicts.filter(({ findings }) => isRefused(findings));
  if (chosen.length === 0 || check.state === 'waits') return undefined;
  return (
    <Stack gap={6} aria-live="polite">
      {refused.length === 0 ? (
        <Text size="sm">✓ {t('compose.fitsAll')}</Text>
      ) : (
        refused.map((verdict) => <Verdict key={verdict.platform} {...verdict} />)
      )}
      {media.renditionId ? (
        <Badge variant="default" tt="none" h="auto" style={{ whiteSpace: 'normal' }}>
          {t('compose.hasRendition')}
        </Badge>
      ) : (
        refused.length > 0 && <Rendition mediaId={media.id} />
      )}
    </Stack>
  );
};

const Verdict = ({ platform, findings }: { readonly platform: string; readonly findings: readonly Finding[] }) => (
  <div>
    <PlatformBadge platform={platform} />
    <FindingList findings={findings} />
  </div>
);

const LOOK_EVERY_MS = 1_000;

/** A version that fits every platform, ordered here. No event tells its progress, so it is asked for while it lasts. */
const Rendition = ({ mediaId }: { readonly mediaId: string }) => {
  const { t } = useTranslation();
  const path = { id: mediaId };
  const { data } = useQuery({
    ...renditionsListOptions({ path }),
    refetchInterval: ({ state }) => (isUnderWay(state.data?.items[0]?.state) ? LOOK_EVERY_MS : false),
  });
  const order = useMutation({
    ...renditionsCreateMutation({ path }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: renditionsListQueryKey({ path }) }),
    onError: tellProblem,
  });
  const [rendition] = data?.items ?? [];
  const isDone = rendition?.state === 'done';
  useEffect(() => {
    if (isDone) void refreshTags(['Media']);
  }, [isDone]);
  if (isUnderWay(rendition?.state))
    return <ProgressNote label={t('compose.rendering')} done={rendition?.progress ?? 0} total={1} />;
  return (
    <Stack gap={4} align="flex-start">
      {rendition?.problem && <Text size="sm">{t('compose.renderFailed', { why: rendition.problem.detail })}</Text>}
      <Button size="xs" variant="light" loading={order.isPending} onClick={() => order.mutate({ path })}>
        {t('compose.render')}
      </Button>
    </Stack>
  );
};

const isUnderWay = (state: string | undefined): boolean => state === 'queued' || state === 'running';
