import { Button, Center } from '@mantine/core';
import { useTranslation } from 'react-i18next';

interface Pages {
  readonly hasNextPage: boolean;
  readonly isFetchingNextPage: boolean;
  readonly fetchNextPage: () => unknown;
}

/** The next page of a list, for as long as there is one. */
export const LoadMore = ({ query }: { readonly query: Pages }) => {
  const { t } = useTranslation();
  if (!query.hasNextPage) return null;
  return (
    <Center>
      <Button variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
        {t('common.more')}
      </Button>
    </Center>
  );
};
