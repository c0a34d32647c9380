import { Anchor, Badge, Checkbox, Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { PostDto } from '../api/generated/types.gen.ts';
import { useSession } from '../access/session.ts';
import { type Column, DataTable } from '../ui/data-table.tsx';
import { postPath } from '../ui/post-path.ts';
import { StateBadge } from '../ui/state-badge.tsx';
import { Thumbnail } from '../ui/thumbnail.tsx';
import { useTimes } from '../ui/times.ts';
import { toggledIn } from './bulk.ts';
import { lastUse, nextUse } from './post-uses.ts';

interface PostTableProps {
  readonly posts: readonly PostDto[];
  readonly chosen: ReadonlySet<string>;
  readonly onChoose: (chosen: ReadonlySet<string>) => void;
}

const THUMBNAIL_PX = 36;

export const PostTable = ({ posts, chosen, onChoose }: PostTableProps) => {
  const { t } = useTranslation();
  const times = useTimes();
  const { may } = useSession();
  const when = (iso: string | undefined): string => (iso ? times.moment(iso) : t('library.never'));
  const isAll = posts.every(({ id }) => chosen.has(id));
  const choose: Column<PostDto> = {
    name: 'post',
    title: t('library.post'),
    cell: (post) => (
      <Group gap="sm" wrap="nowrap" miw={0}>
        {may('posts:write') && (
          <Checkbox
            aria-label={t('library.select', { name: nameOf(post, t('library.noCaption')) })}
            checked={chosen.has(post.id)}
            onChange={() => onChoose(toggledIn(chosen, post.id))}
          />
        )}
        <PostName post={post} />
      </Group>
    ),
  };
  const columns: readonly Column<PostDto>[] = [
    choose,
    {
      name: 'status',
      title: t('library.status'),
      cell: (post) => (
        <Stack gap={4} align="flex-start">
          <StateBadge state={post.status} size="sm" />
          {post.pausedAt && <StateBadge state="paused" size="sm" />}
        </Stack>
      ),
    },
    { name: 'kind', title: t('library.kind'), cell: (post) => <Kind post={post} /> },
    { name: 'last', title: t('library.lastUse'), cell: ({ targets }) => when(lastUse(targets)) },
    { name: 'next', title: t('library.nextUse'), cell: ({ targets }) => when(nextUse(targets)) },
  ];
  return (
    <Stack gap="xs">
      {may('posts:write') && (
        <Checkbox
          label={t('library.selectAll')}
          checked={isAll}
          indeterminate={!isAll && chosen.size > 0}
          onChange={() => onChoose(isAll ? new Set() : new Set(posts.map(({ id }) => id)))}
        />
      )}
      <DataTable label={t('library.tab.posts')} columns={columns} rows={posts} keyOf={({ id }) => id} />
    </Stack>
  );
};

const nameOf = ({ title, caption }: PostDto, without: string): string => title || caption || without;

const PostName = ({ post }: { readonly post: PostDto }) => {
  const { t } = useTranslation();
  const [mediaId] = post.mediaIds;
  return (
    <Group gap="sm" wrap="nowrap" miw={0}>
      <div style={{ width: THUMBNAIL_PX, flexShrink: 0 }}>{mediaId && <Thumbnail mediaId={mediaId} />}</div>
      <div style={{ minWidth: 0 }}>
        <Anchor component={Link} to={postPath(post.id)} fw={500} lineClamp={2} maw={420}>
          {nameOf(post, t('library.noCaption'))}
        </Anchor>
        <Group gap={4} mt={2}>
          {post.tags.map((tag) => (
            <Badge key={tag} variant="default" size="sm" tt="none" fw={500}>
              {tag}
            </Badge>
          ))}
        </Group>
      </div>
    </Group>
  );
};

const Kind = ({ post }: { readonly post: PostDto }) => {
  const { t } = useTranslation();
  const kind = post.kind === 'evergreen' ? 'evergreen' : 'one_shot';
  if (kind === 'one_shot') return <Text size="sm">{t('library.kinds.one_shot')}</Text>;
  return (
    <Anchor component={Link} to={`/library/posts/${post.id}`} size="sm">
      {t('library.kinds.evergreen')}
    </Anchor>
  );
};
