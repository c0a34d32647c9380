import { createHash, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { Clock } from '../../src/kernel/clock.port.js';
import type { PublishContent, PublishMedia } from '../../src/platforms/domain/publish-content.js';

export class SystemClock extends Clock {
  now(): Date {
    return new Date();
  }
}

export const CLIP = readFileSync('seeds/clips/tea-in-a-minute.mp4');

export const mediaOf = (bytes: Buffer): PublishMedia => ({
  sha256: createHash('sha256').update(bytes).digest('hex'),
  bytes: bytes.length,
  mimeType: 'video/mp4',
  durationMs: 6_000,
  width: 720,
  height: 1280,
  fps: 24,
  open: (start = 0, end = bytes.length - 1) => Readable.from([bytes.subarray(start, end + 1)]),
});

export const contentOf = (change: Partial<PublishContent> = {}): PublishContent => ({
  caption: `Tea in a minute #tea ${randomUUID().slice(0, 8)}`,
  tags: ['tea'],
  media: mediaOf(CLIP),
  marker: randomUUID(),
  scheduledAt: new Date(),
  staleAt: new Date(Date.now() + 86_400_000),
  options: {},
  ...change,
});
