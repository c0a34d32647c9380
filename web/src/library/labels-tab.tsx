import { SimpleGrid } from '@mantine/core';
import { HashtagSets } from './hashtag-sets.tsx';
import { TagList } from './tag-list.tsx';

/** How posts are named and grouped: tags for us, hashtags for the world. */
export const LabelsTab = () => (
  <SimpleGrid cols={{ base: 1, md: 2 }}>
    <TagList />
    <HashtagSets />
  </SimpleGrid>
);
