import { Button, Stack } from '@mantine/core';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { BY_CURSOR } from '../api/by-cursor.ts';
import { postsListInfiniteOptions } from '../api/generated/@tanstack/react-query.gen.ts';
import { useSession } from '../access/session.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { Listed } from '../ui/listed.tsx';
import { BulkBar } from './bulk-bar.tsx';
import { type PostFilters, readFilters, writeFilters } from './post-filters.ts';
import { ClearFilters, PostFilterBar } from './post-filter-bar.tsx';
import { PostTable } from './post-table.tsx';

const PAGE = 50;
const NONE: ReadonlySet<string> = new Set();

/** Every post that is or was: found, chosen, and changed many at once. */
export const PostsTab = () => {
  const { t } = useTranslation();
  const { may } = useSession();
  const [search, setSearch] = useSearchParams();
  const filters = readFilters(search);
  const [chosen, setChosen] = useState(NONE);
  const query = useInfiniteQuery({
    ...postsListInfiniteOptions({ query: { limit: PAGE, ...filters } }),
    ...BY_CURSOR,
    placeholderData: keepPreviousData,
  });
  const narrow = (next: PostFilters): void => {
    setChosen(NONE);
    setSearch(writeFilters(next), { replace: true });
  };
  const isNarrowed = Object.keys(filters).length > 0;
  return (
    <Stack>
      <PostFilterBar filters={filters} onChange={narrow} />
      <Listed
        query={query}
        empty={
          <EmptyState
            what={t(isNarrowed ? 'library.noneFound' : 'library.noPosts')}
            next={isNarrowed ? <ClearFilters onClear={() => narrow({})} /> : <NewPost />}
          />
        }
      >
        {(posts) => (
          <>
            {may('posts:write') && chosen.size > 0 && (
              <BulkBar posts={posts.filter(({ id }) => chosen.has(id))} onDone={() => setChosen(NONE)} />
            )}
            <PostTable posts={posts} chosen={chosen} onChoose={setChosen} />
          </>
        )}
      </Listed>
    </Stack>
  );
};

const NewPost = () => {
  const { t } = useTranslation();
  return (
    <Button component={Link} to="/compose">
      {t('library.newPost')}
    </Button>
  );
};
