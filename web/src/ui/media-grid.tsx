import { Paper, SimpleGrid, Stack, Text, UnstyledButton } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { MediaDto } from '../api/generated/types.gen.ts';
import { Thumbnail } from './thumbnail.tsx';
import { lengthText, sizeText } from './sizes.ts';

interface MediaGridProps {
  readonly items: readonly MediaDto[];
  /** What choosing a video does, for who cannot see the picture. */
  readonly nameOf: (media: MediaDto) => string;
  readonly onChoose: (mediaId: string) => void;
  /** Below a video: badges, a menu. */
  readonly aside?: (media: MediaDto) => ReactNode;
}

/** Videos by their pictures. */
export const MediaGrid = ({ items, nameOf, onChoose, aside }: MediaGridProps) => {
  const { i18n } = useTranslation();
  return (
    <SimpleGrid cols={{ base: 2, xs: 3, sm: 4, lg: 6 }} spacing="sm" component="ul" p={0} m={0}>
      {items.map((media) => (
        <Paper key={media.id} component="li" withBorder p={6} style={{ listStyle: 'none' }}>
          <UnstyledButton w="100%" onClick={() => onChoose(media.id)} aria-label={nameOf(media)}>
            <Thumbnail mediaId={media.id} />
            <Text size="sm" truncate mt={4}>
              {media.fileName}
            </Text>
          </UnstyledButton>
          <Text size="xs" c="dimmed">
            {lengthText(media.durationMs)} · {sizeText(media.bytes, i18n.language)}
          </Text>
          {aside && <Stack gap={4}>{aside(media)}</Stack>}
        </Paper>
      ))}
    </SimpleGrid>
  );
};
