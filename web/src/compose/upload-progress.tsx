import { Button, Group, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from '../ui/problem-note.tsx';
import { ProgressNote } from '../ui/progress-note.tsx';
import { sizeText } from '../ui/sizes.ts';
import type { useVideoUpload } from './use-video-upload.ts';

/** How far the video is, with the buttons that fit. */
export const UploadProgress = ({ upload }: { readonly upload: ReturnType<typeof useVideoUpload> }) => {
  const { t, i18n } = useTranslation();
  const { state, pause, goOn, stop } = upload;
  if (state.kind === 'idle') return undefined;
  const { fileName: name, sentBytes, totalBytes, way } = state;
  const size = (bytes: number): string => sizeText(bytes, i18n.language);
  const detail = t('compose.bytesOf', { sent: size(sentBytes), total: size(totalBytes) });
  return (
    <Stack gap="xs">
      <ProgressNote
        label={t(state.kind === 'checking' ? 'compose.checking' : 'compose.sending', { name })}
        done={sentBytes}
        total={state.kind === 'checking' ? undefined : totalBytes}
        detail={way === 'form' ? `${detail}, ${t('compose.inOneRequest')}` : detail}
        actions={
          <Group gap="xs" wrap="nowrap">
            {state.kind === 'sending' && way === 'resumable' && (
              <Button size="xs" variant="default" onClick={pause}>
                {t('compose.pauseUpload')}
              </Button>
            )}
            {state.kind === 'paused' && (
              <Button size="xs" onClick={goOn}>
                {t('compose.goOn')}
              </Button>
            )}
            <Button size="xs" variant="default" onClick={stop}>
              {t('compose.stopUpload')}
            </Button>
          </Group>
        }
      />
      {state.kind === 'broken' && <ProblemNote error={state.problem} {...(state.mayGoOn ? { onRetry: goOn } : {})} />}
    </Stack>
  );
};
