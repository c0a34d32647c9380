import { Alert, Button, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import {
  postsGetOptions,
  recyclingListVariationsOptions,
  recyclingReadOptions,
} from '../api/generated/@tanstack/react-query.gen.ts';
import type { PostDto } from '../api/generated/types.gen.ts';
import { Answered } from '../ui/answered.tsx';
import { EvergreenUse } from './evergreen-use.tsx';
import { RecyclingForm } from './recycling-form.tsx';
import { VariationsForm } from './variations-form.tsx';

/** One evergreen post: whether queues take it, how it returns, and in which words. */
export const EvergreenView = () => {
  const { postId = '' } = useParams();
  const path = { id: postId };
  const post = useQuery(postsGetOptions({ path }));
  return (
    <Answered query={post}>
      {(found) => (found.kind === 'evergreen' ? <Settings post={found} /> : <OneShot post={found} />)}
    </Answered>
  );
};

const OneShot = ({ post }: { readonly post: PostDto }) => {
  const { t } = useTranslation();
  return (
    <Alert color="gray" title={t('library.evergreen.notEvergreen')}>
      <Button component={Link} to={`/compose?media=${post.mediaIds[0] ?? ''}`} size="xs">
        {t('library.evergreen.makeOne')}
      </Button>
    </Alert>
  );
};

const Settings = ({ post }: { readonly post: PostDto }) => {
  const path = { id: post.id };
  const recycling = useQuery(recyclingReadOptions({ path }));
  const variations = useQuery(recyclingListVariationsOptions({ path }));
  return (
    <Stack>
      <Answered query={recycling}>
        {(settings) => (
          <>
            <EvergreenUse post={post} settings={settings} />
            <RecyclingForm key={JSON.stringify(settings.recycling)} settings={settings} />
          </>
        )}
      </Answered>
      <Answered query={variations}>
        {({ items }) => <VariationsForm key={JSON.stringify(items)} post={post} stored={items} />}
      </Answered>
    </Stack>
  );
};
