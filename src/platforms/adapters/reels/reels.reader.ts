import type { z } from 'zod';
import type { Clock } from '../../../kernel/clock.port.js';
import type { PlatformAnswer } from '../../infrastructure/platform-http.js';
import type { UnknownCodes } from '../../infrastructure/unknown-codes.js';
import type { ContainerStatus } from './reels.answers.js';
import { containerCode, isKnownSubcode, type Moment, type Read, readGraph, undocumentedIn } from './reels.outcomes.js';

/** Reads Graph answers at the present moment, and counts the codes that no document names. */
export class ReelsReader {
  constructor(
    private readonly clock: Clock,
    private readonly unknownCodes: UnknownCodes,
  ) {}

  get now(): Date {
    return this.clock.now();
  }

  read<T>(answer: PlatformAnswer, shape: z.ZodType<T>, moment: Moment = 'prepare'): Read<T> {
    const unknown = undocumentedIn(answer);
    if (unknown) this.unknownCodes.report({ platform: 'reels', call: moment, ...unknown });
    return readGraph(answer, shape, { moment, now: this.now });
  }

  /** A container ended in `ERROR` with a text that names no subcode we know. */
  noteFailed(status: ContainerStatus): void {
    if (!isKnownSubcode(status))
      this.unknownCodes.report({ platform: 'reels', call: 'container/status', code: containerCode(status) });
  }
}
