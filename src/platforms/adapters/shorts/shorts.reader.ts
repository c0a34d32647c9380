import type { z } from 'zod';
import type { Clock } from '../../../kernel/clock.port.js';
import type { Refusal } from '../../domain/refusal.js';
import type { PlatformAnswer } from '../../infrastructure/platform-http.js';
import type { UnknownCodes } from '../../infrastructure/unknown-codes.js';
import { SHORTS_ERRORS } from './shorts.errors.map.js';
import { type Read, readAnswer, refusalIn, type Response, type SessionState, sessionState } from './shorts.outcomes.js';

/** Reads YouTube's answers and reports the reasons that no table knows. */
export class ShortsReader {
  constructor(
    private readonly clock: Clock,
    private readonly unknownCodes: UnknownCodes,
  ) {}

  /** @param call names the call for the report, for example `videos.list` */
  read<T>(call: string, answer: PlatformAnswer, shape: z.ZodType<T>): Read<T> {
    const read = readAnswer(answer, shape, this.clock.now());
    return read.kind === 'ok' ? read : this.reported(call, read);
  }

  refusal(call: string, answer: Response): Refusal {
    return this.reported(call, refusalIn(answer, this.clock.now()));
  }

  /** What a PUT to a session shows, bytes or probe alike. */
  session(answer: PlatformAnswer): SessionState {
    const state = sessionState(answer, this.clock.now());
    return 'platformCode' in state ? this.reported('session', state) : state;
  }

  report(call: string, code: string): void {
    this.unknownCodes.report({ platform: 'shorts', call, code });
  }

  private reported<T extends Refusal>(call: string, refusal: T): T {
    const { platformCode } = refusal;
    if (platformCode !== undefined && !SHORTS_ERRORS.has(platformCode)) this.report(call, platformCode);
    return refusal;
  }
}
