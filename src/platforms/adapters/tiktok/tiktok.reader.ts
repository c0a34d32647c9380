import type { z } from 'zod';
import type { Clock } from '../../../kernel/clock.port.js';
import type { PlatformAnswer } from '../../infrastructure/platform-http.js';
import type { UnknownCodes } from '../../infrastructure/unknown-codes.js';
import { type Read, readEnvelope } from './tiktok.outcomes.js';

/** Reads enveloped answers and reports what no table knows. */
export class TikTokReader {
  constructor(
    private readonly clock: Clock,
    private readonly unknownCodes: UnknownCodes,
  ) {}

  /** @param call names the call for the report, for example `creator_info` */
  read<T>(call: string, answer: PlatformAnswer, shape: z.ZodType<T>): Read<T> {
    const read = readEnvelope(answer, shape, this.clock.now());
    if (read.kind === 'unknown' && answer.kind === 'response') {
      const { requestId, platformCode, httpStatus } = read;
      this.report(call, platformCode ?? `HTTP ${httpStatus ?? 0}`, requestId);
    }
    return read;
  }

  report(call: string, code: string, requestId?: string): void {
    this.unknownCodes.report({ platform: 'tiktok', call, code, requestId });
  }
}
