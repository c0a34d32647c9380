import { useCallback, useReducer, useRef } from 'react';
import { refreshTags } from '../api/queries.ts';
import { type Sending, sendVideo } from './send-video.ts';
import { IDLE, reduceUpload, type UploadState } from './upload-state.ts';

interface VideoUpload {
  readonly state: UploadState;
  readonly begin: (file: File) => void;
  readonly pause: () => void;
  readonly goOn: () => void;
  readonly stop: () => void;
}

/** One video on its way to the library. @param onDone gets the media it became */
export const useVideoUpload = (onDone: (mediaId: string) => void): VideoUpload => {
  const [state, dispatch] = useReducer(reduceUpload, IDLE);
  const sending = useRef<Sending | undefined>(undefined);
  const begin = useCallback(
    (file: File): void => {
      dispatch({ type: 'begin', fileName: file.name, totalBytes: file.size });
      const started = sendVideo(file, {
        onSent: (bytes) => dispatch({ type: 'sent', bytes }),
        onFellBack: () => dispatch({ type: 'fellBack' }),
        onBroken: (problem) => dispatch({ type: 'break', problem }),
        onDone: (mediaId) => {
          dispatch({ type: 'end' });
          void refreshTags(['Media']);
          onDone(mediaId);
        },
      });
      void started.then((begun) => (sending.current = begun));
    },
    [onDone],
  );
  const pause = (): void => {
    sending.current?.pause();
    dispatch({ type: 'pause' });
  };
  const goOn = (): void => {
    sending.current?.goOn();
    dispatch({ type: 'goOn' });
  };
  const stop = (): void => {
    sending.current?.stop();
    dispatch({ type: 'end' });
  };
  return { state, begin, pause, goOn, stop };
};
