import { Badge, Button } from '@mantine/core';
import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { BY_CURSOR } from '../api/by-cursor.ts';
import { mediaListInfiniteOptions, mediaRemoveMutation } from '../api/generated/@tanstack/react-query.gen.ts';
import type { MediaDto } from '../api/generated/types.gen.ts';
import { refreshTags } from '../api/queries.ts';
import { useSession } from '../access/session.ts';
import { confirm } from '../ui/confirm.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { Listed } from '../ui/listed.tsx';
import { MediaGrid } from '../ui/media-grid.tsx';
import { tellDone, tellProblem } from '../ui/tell.ts';

const PAGE = 36;

/** Every video; one press writes a post with it. */
export const MediaTab = () => {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const query = useInfiniteQuery({ ...mediaListInfiniteOptions({ query: { limit: PAGE } }), ...BY_CURSOR });
  return (
    <Listed
      query={query}
      empty={
        <EmptyState
          what={t('library.noMedia')}
          next={
            <Button component={Link} to="/compose">
              {t('library.newPost')}
            </Button>
          }
        />
      }
    >
      {(items) => (
        <MediaGrid
          items={items}
          nameOf={({ fileName }) => t('library.usePost', { name: fileName })}
          onChoose={(mediaId) => void navigate(`/compose?media=${mediaId}`)}
          aside={(media) => <MediaFoot media={media} />}
        />
      )}
    </Listed>
  );
};

const MediaFoot = ({ media }: { readonly media: MediaDto }) => {
  const { t } = useTranslation();
  const { may } = useSession();
  const remove = useMutation({
    ...mediaRemoveMutation(),
    onSuccess: () => {
      tellDone(t('library.deleted'));
      return refreshTags(['Media']);
    },
    onError: tellProblem,
  });
  const name = t('library.delete', { name: media.fileName });
  const ask = async (): Promise<void> => {
    if (await confirm({ title: name, text: t('library.deleteWhy'), yes: t('common.delete'), isGrave: true }))
      remove.mutate({ path: { id: media.id } });
  };
  const mark = media.renderedFrom ? 'isRendition' : media.renditionId ? 'fits' : undefined;
  return (
    <>
      {mark && (
        <Badge variant="default" size="sm" tt="none" fw={500}>
          {t(`library.${mark}`)}
        </Badge>
      )}
      {may('media:write') && (
        <Button
          size="compact-xs"
          variant="subtle"
          color="gray"
          aria-label={name}
          loading={remove.isPending}
          onClick={() => void ask()}
        >
          {t('common.delete')}
        </Button>
      )}
    </>
  );
};
