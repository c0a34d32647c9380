import { Alert, Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Route, Routes, useParams, useSearchParams } from 'react-router';
import { postsGetOptions } from '../api/generated/@tanstack/react-query.gen.ts';
import { useSession } from '../access/session.ts';
import { Answered } from '../ui/answered.tsx';
import { PageFrame } from '../ui/page-frame.tsx';
import { Composer } from './composer.tsx';
import { PostActions } from './post-actions.tsx';
import { PostApprovals } from './post-approvals.tsx';
import { PostRuns } from './post-runs.tsx';

export default function ComposePage() {
  return (
    <Routes>
      <Route index element={<NewPost />} />
      <Route path=":postId" element={<StoredPost />} />
    </Routes>
  );
}

const NewPost = () => {
  const { t } = useTranslation();
  const [search] = useSearchParams();
  return (
    <PageFrame title={t('page.compose')}>
      <WhoMayWrite>
        <Composer key="new" mediaId={search.get('media') ?? undefined} />
      </WhoMayWrite>
    </PageFrame>
  );
};

const StoredPost = () => {
  const { t } = useTranslation();
  const { postId = '' } = useParams();
  const query = useQuery(postsGetOptions({ path: { id: postId } }));
  return (
    <PageFrame
      title={t('compose.edit')}
      actions={
        <>
          {query.data && <PostActions post={query.data} />}
          <Button component={Link} to="/library" variant="default" size="xs">
            {t('page.library')}
          </Button>
        </>
      }
    >
      <Answered query={query}>
        {(post) => (
          <>
            <PostApprovals post={post} />
            <PostRuns post={post} />
            <WhoMayWrite>
              <Composer key={post.id} stored={post} />
            </WhoMayWrite>
          </>
        )}
      </Answered>
    </PageFrame>
  );
};

const WhoMayWrite = ({ children }: { readonly children: ReactNode }) => {
  const { t } = useTranslation();
  const { may } = useSession();
  return may('posts:write') ? children : <Alert color="gray">{t('compose.readOnly')}</Alert>;
};
