import { Modal } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { BY_CURSOR } from '../api/by-cursor.ts';
import { mediaListInfiniteOptions } from '../api/generated/@tanstack/react-query.gen.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { Listed } from '../ui/listed.tsx';
import { MediaGrid } from '../ui/media-grid.tsx';

interface MediaPickerProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly onTake: (mediaId: string) => void;
}

const PAGE = 24;

/** Every video of the library, to take one. */
export const MediaPicker = ({ isOpen, onClose, onTake }: MediaPickerProps) => {
  const { t } = useTranslation();
  const query = useInfiniteQuery({
    ...mediaListInfiniteOptions({ query: { limit: PAGE } }),
    ...BY_CURSOR,
    enabled: isOpen,
  });
  const take = (mediaId: string): void => {
    onTake(mediaId);
    onClose();
  };
  return (
    <Modal opened={isOpen} onClose={onClose} size="xl" title={t('compose.pickVideo')}>
      <Listed query={query} empty={<EmptyState what={t('compose.noVideos')} />}>
        {(items) => (
          <MediaGrid items={items} nameOf={({ fileName }) => t('compose.take', { name: fileName })} onChoose={take} />
        )}
      </Listed>
    </Modal>
  );
};
