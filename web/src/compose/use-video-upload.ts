import { useCallback, useReducer, useRef } from 'react';
import { toProblem } from '../api/problem.ts';
import { refreshTags } from '../api/queries.ts';
import { type Sending, type SendingEvents, sendVideo } from './send-video.ts';
import { IDLE, reduceUpload, type UploadState } from './upload-state.ts';

interface VideoUpload {
  readonly state: UploadState;
  readonly begin: (file: File) => void;
  readonly pause: () => void;
  readonly goOn: () => void;
  readonly stop: () => void;
}

/** The file that is sent now; `sending` comes a moment later, with the code that sends. */
interface Current {
  readonly file: File;
  sending?: Sending;
}

/** One video on its way to the library. @param onDone gets the media it became */
export const useVideoUpload = (onDone: (mediaId: string) => void): VideoUpload => {
  const [state, dispatch] = useReducer(reduceUpload, IDLE);
  const current = useRef<Current | undefined>(undefined);
  const begin = useCallback(
    (file: File): void => {
      dispatch({ type: 'begin', fileName: file.name, totalBytes: file.size });
      const own: Current = { file };
      current.current = own;
      const done = (mediaId: string): void => {
        dispatch({ type: 'end' });
        void refreshTags(['Media']);
        onDone(mediaId);
      };
      const events: SendingEvents = {
        onSent: (bytes) => dispatch({ type: 'sent', bytes }),
        onFellBack: () => dispatch({ type: 'fellBack' }),
        onBroken: (problem) => dispatch({ type: 'break', problem }),
        onDone: done,
      };
      // What was stopped, or gave way to another file, is heard no more.
      const isHeard = (): boolean => current.current === own;
      void sendVideo(file, whileHeard(events, isHeard)).then(
        (sending) => (isHeard() ? (own.sending = sending) : sending.stop()),
        (error: unknown) => isHeard() && events.onBroken(toProblem(error)),
      );
    },
    [onDone],
  );
  const pause = (): void => {
    if (!current.current?.sending) return;
    current.current.sending.pause();
    dispatch({ type: 'pause' });
  };
  const goOn = (): void => {
    if (!current.current) return;
    const { file, sending } = current.current;
    // The code that sends did not come: from the beginning.
    if (!sending) return begin(file);
    sending.goOn();
    dispatch({ type: 'goOn' });
  };
  const stop = (): void => {
    current.current?.sending?.stop();
    current.current = undefined;
    dispatch({ type: 'end' });
  };
  return { state, begin, pause, goOn, stop };
};

const whileHeard = (events: SendingEvents, isHeard: () => boolean): SendingEvents => ({
  onSent: (bytes) => void (isHeard() && events.onSent(bytes)),
  onFellBack: () => void (isHeard() && events.onFellBack()),
  onBroken: (problem) => void (isHeard() && events.onBroken(problem)),
  onDone: (mediaId) => void (isHeard() && events.onDone(mediaId)),
});
