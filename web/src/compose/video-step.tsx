import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconBooks, IconLink } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { uploadsGetOptions } from '../api/generated/@tanstack/react-query.gen.ts';
import { FileDrop } from '../ui/file-drop.tsx';
import { Panel } from '../ui/panel.tsx';
import { useComposing } from './draft-context.ts';
import { FromAddress } from './from-address.tsx';
import { type InterruptedUpload, lastInterrupted, uploadIdOf } from './interrupted-upload.ts';
import { MediaPicker } from './media-picker.tsx';
import { UploadProgress } from './upload-progress.tsx';
import { useVideoUpload } from './use-video-upload.ts';
import { VideoFacts } from './video-facts.tsx';

const VIDEOS = 'video/mp4,video/quicktime,video/webm,video/x-matroska,.mp4,.mov,.m4v,.webm,.mkv';
const WHOLE = 100;

/** Which video: sent from here, fetched from an address, or one of the library. */
export const VideoStep = () => {
  const { t } = useTranslation();
  const { media, dispatch, stored } = useComposing();
  const [isReplacing, setIsReplacing] = useState(false);
  const take = useCallback(
    (mediaId: string): void => {
      dispatch({ type: 'set', change: { mediaId } });
      setIsReplacing(false);
    },
    [dispatch],
  );
  const upload = useVideoUpload(take);
  const canReplace = media && !stored && !isReplacing && upload.state.kind === 'idle';
  return (
    <Panel
      title={t('compose.video')}
      actions={
        canReplace && (
          <Button size="xs" variant="default" onClick={() => setIsReplacing(true)}>
            {t('compose.replaceVideo')}
          </Button>
        )
      }
    >
      {upload.state.kind !== 'idle' && <UploadProgress upload={upload} />}
      {upload.state.kind === 'idle' && (!media || isReplacing) && <ChooseVideo onFile={upload.begin} onTake={take} />}
      {media && <VideoFacts media={media} />}
      {stored && (
        <Text size="xs" c="dimmed">
          {t('compose.videoFixed')}
        </Text>
      )}
    </Panel>
  );
};

interface ChooseVideoProps {
  readonly onFile: (file: File) => void;
  readonly onTake: (mediaId: string) => void;
}

const ChooseVideo = ({ onFile, onTake }: ChooseVideoProps) => {
  const { t } = useTranslation();
  const [isPicking, picker] = useDisclosure();
  const [isFetching, fetching] = useDisclosure();
  const [interrupted] = useState(() => lastInterrupted(localStorage));
  return (
    <Stack gap="sm">
      {interrupted && <InterruptedNote upload={interrupted} />}
      <FileDrop
        label={t('compose.chooseVideo')}
        hint={t('compose.dropVideo')}
        accept={VIDEOS}
        onFiles={([file]) => file && onFile(file)}
      />
      <Group gap="xs">
        <Button variant="default" leftSection={<IconBooks size={16} aria-hidden />} onClick={picker.open}>
          {t('compose.fromLibrary')}
        </Button>
        <Button
          variant="subtle"
          leftSection={<IconLink size={16} aria-hidden />}
          onClick={fetching.toggle}
          aria-expanded={isFetching}
        >
          {t('compose.fromAddress')}
        </Button>
      </Group>
      {isFetching && <FromAddress onTake={onTake} />}
      <MediaPicker isOpen={isPicking} onClose={picker.close} onTake={onTake} />
    </Stack>
  );
};

/** Shown while the server still has the part that arrived. */
const InterruptedNote = ({ upload }: { readonly upload: InterruptedUpload }) => {
  const { t } = useTranslation();
  const { data } = useQuery({ ...uploadsGetOptions({ path: { id: uploadIdOf(upload.uploadUrl) } }), retry: false });
  if (data?.state !== 'receiving') return undefined;
  const percent = Math.floor((data.receivedBytes / Math.max(1, data.totalBytes)) * WHOLE);
  return <Alert color="blue">{t('compose.interrupted', { name: upload.fileName, percent })}</Alert>;
};
