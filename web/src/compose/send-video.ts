import type { DetailedError, Upload } from 'tus-js-client';
import { uploadsGet } from '../api/generated/sdk.gen.ts';
import type { MediaDto } from '../api/generated/types.gen.ts';
import { Problem, toProblem } from '../api/problem.ts';
import { sendForm } from '../api/send-form.ts';
import { uploadIdOf } from './interrupted-upload.ts';
import { mayFallBack } from './upload-state.ts';

/** What one hears of a file on its way. Exactly one of `onDone` and `onBroken` comes last. */
export interface SendingEvents {
  readonly onSent: (bytes: number) => void;
  readonly onFellBack: () => void;
  readonly onDone: (mediaId: string) => void;
  readonly onBroken: (problem: Problem) => void;
}

export interface Sending {
  readonly pause: () => void;
  readonly goOn: () => void;
  /** Takes it back; what has arrived is thrown away. */
  readonly stop: () => void;
}

const ENDPOINT = '/v1/uploads';
const RETRY_AFTER_MS = [0, 1_000, 3_000, 5_000, 10_000, 20_000];

/** Sends a video: so that it goes on after a break or reload, or in one request where that is not possible. */
export const sendVideo = async (file: File, events: SendingEvents): Promise<Sending> => {
  const { Upload: Tus } = await import('tus-js-client');
  const abort = new AbortController();
  const upload: Upload = new Tus(file, {
    endpoint: ENDPOINT,
    metadata: { filename: file.name, filetype: file.type },
    retryDelays: RETRY_AFTER_MS,
    removeFingerprintOnSuccess: true,
    onProgress: (sent) => events.onSent(sent),
    onSuccess: ({ lastResponse }) =>
      void mediaOf(upload, lastResponse.getHeader('Media-Id')).then(events.onDone, (error: unknown) =>
        events.onBroken(toProblem(error)),
      ),
    onError: (error) => {
      const status = (error as DetailedError).originalResponse?.getStatus() ?? 0;
      if (mayFallBack({ status, hasBegun: upload.url !== null })) void sendWhole(file, events, abort.signal);
      else events.onBroken(problemOf(error));
    },
  });
  const [earlier] = await upload.findPreviousUploads();
  if (earlier) upload.resumeFromPreviousUpload(earlier);
  upload.start();
  return {
    pause: () => void upload.abort(),
    goOn: () => upload.start(),
    stop: () => {
      abort.abort();
      void upload.abort(true).catch(() => undefined);
    },
  };
};

/** The answer to the last byte names the media; where that answer was lost, the upload does. */
const mediaOf = async (upload: Upload, named: string | undefined): Promise<string> => {
  if (named) return named;
  const { data } = await uploadsGet({ path: { id: uploadIdOf(upload.url ?? '') } });
  if (data.mediaId) return data.mediaId;
  throw new Problem({ status: 422, code: 'upload.refused', detail: '', ...data.problem });
};

const problemOf = (error: Error | DetailedError): Problem => {
  const response = (error as DetailedError).originalResponse;
  if (!response) return toProblem(undefined);
  try {
    return toProblem(JSON.parse(response.getBody()));
  } catch {
    return toProblem(undefined, new Response(null, { status: response.getStatus() }));
  }
};

const sendWhole = async (file: File, events: SendingEvents, signal: AbortSignal): Promise<void> => {
  events.onFellBack();
  const form = new FormData();
  form.set('file', file, file.name);
  try {
    const { id } = await sendForm<MediaDto>({ url: '/v1/media', form, onSent: events.onSent, signal });
    events.onDone(id);
  } catch (error) {
    if (!signal.aborted) events.onBroken(toProblem(error));
  }
};
