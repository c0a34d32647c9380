import type { FrozenMedia } from '../../../publishing/domain/targets/frozen-content.js';
import type { Finding } from '../finding.js';

/** A video that every platform takes, for judging words before the real one has been fetched. */
export const STAND_IN_VIDEO: FrozenMedia = {
  id: '',
  sha256: '0'.repeat(64),
  bytes: 5_000_000,
  mimeType: 'video/mp4',
  durationMs: 15_000,
  width: 1_080,
  height: 1_920,
  fps: 30,
  videoCodec: 'avc',
  audioCodec: 'aac',
  audioChannels: 2,
  audioSampleRate: 48_000,
};

/** Findings about words, not about the video they were judged with. */
export const withoutVideo = (findings: readonly Finding[]): Finding[] =>
  findings.filter(({ violation }) => !/(^|\.)media(\.|$)/.test(violation.field));
