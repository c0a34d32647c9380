import { buffer } from 'node:stream/consumers';
import { Injectable } from '@nestjs/common';
import {
  CustomSource,
  EncodedPacketSink,
  Input,
  type InputAudioTrack,
  type InputTrack,
  type InputVideoTrack,
  MATROSKA,
  MP4,
  QTFF,
  WEBM,
} from 'mediabunny';
import { inspectContainer } from '../domain/inspect-container.js';
import type { VideoFacts } from '../domain/media.js';
import { MediaProber, type ProbeVerdict } from '../domain/media-prober.port.js';
import { MediaStorage, type StagedFile } from '../domain/media-storage.port.js';
import { PagedReader } from './paged-reader.js';

/** Containers with their own bytes only. A playlist (HLS) would make the probe follow its links: never add it. */
const FORMATS = [MP4, QTFF, WEBM, MATROSKA];

/** Probes with mediabunny: reads headers and last packets only, 2 to 16 ms whatever the size. */
@Injectable()
export class MediabunnyProber extends MediaProber {
  constructor(private readonly storage: MediaStorage) {
    super();
  }

  async probe({ storageKey, bytes }: Pick<StagedFile, 'storageKey' | 'bytes'>): Promise<ProbeVerdict> {
    const refusal = await inspectContainer(new PagedReader(this.storage, { storageKey, bytes }));
    if (refusal) return { kind: 'refused', refusal };
    let fault: unknown;
    const read = (start: number, end: number) =>
      buffer(this.storage.open(storageKey, start, end - 1)).catch((error: unknown) => {
        fault = error;
        throw error;
      });
    using input = new Input({
      formats: FORMATS,
      source: new CustomSource({
        getSize: () => bytes,
        read,
        prefetchProfile: this.storage.distance === 'far' ? 'network' : 'fileSystem',
        handleUnhandledError: () => undefined,
      }),
    });
    try {
      await input.getFormat();
    } catch (error) {
      // Not one of ours, or too short for the library to tell: it asserts that there is room for a header.
      if (fault !== undefined) throw error;
      return { kind: 'not_a_video' };
    }
    try {
      return await verdictOn(input);
    } catch (error) {
      // The container is known but its boxes lead nowhere. A fault of the storage is ours and is not blamed on the file.
      if (fault !== undefined) throw error;
      return { kind: 'truncated' };
    }
  }
}

const verdictOn = async (input: Input): Promise<ProbeVerdict> => {
  const tracks = await input.getTracks();
  // Cut before its index: the container is recognised and seems to hold nothing.
  if (tracks.length === 0) return { kind: 'truncated' };
  const video = await input.getPrimaryVideoTrack();
  if (!video) return { kind: 'not_a_video' };
  // With the index in front, a file cut in half still tells its full length; only its last packets are missing.
  if (!(await Promise.all(tracks.map(endsWhole))).every(Boolean)) return { kind: 'truncated' };
  return { kind: 'video', facts: await factsOf(input, video) };
};

const endsWhole = async (track: InputTrack): Promise<boolean> =>
  !(track.isVideoTrack() || track.isAudioTrack()) || (await new EncodedPacketSink(track).getPacket(Infinity)) !== null;

const soundOf = async (audio: InputAudioTrack): Promise<Partial<VideoFacts>> => ({
  audioCodec: (await audio.getCodec()) ?? 'unknown',
  audioChannels: await audio.getNumberOfChannels(),
  audioSampleRate: await audio.getSampleRate(),
});

const factsOf = async (input: Input, video: InputVideoTrack): Promise<VideoFacts> => {
  const audio = await input.getPrimaryAudioTrack();
  const { bestGuessFrameRate: fps } = await video.computeFrameRateMetrics();
  return {
    mimeType: (await input.getMimeType()).replace(/;.*$/, '').trim(),
    container: (await input.getFormat()).name,
    videoCodec: (await video.getCodec()) ?? 'unknown',
    ...(audio ? await soundOf(audio) : {}),
    width: Math.round(await video.getDisplayWidth()),
    height: Math.round(await video.getDisplayHeight()),
    durationMs: Math.round((await input.computeDuration()) * 1000),
    fps: Number.isFinite(fps) ? Math.round(fps * 1000) / 1000 : 0,
  };
};
