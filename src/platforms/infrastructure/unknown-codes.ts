import { Logger } from '@nestjs/common';
import type { PlatformName } from '../domain/platform-name.js';

/** An answer that no table of ours knows. */
export interface UnknownCode {
  readonly platform: PlatformName;
  /** Which of the platform's calls or fields said it, for example `status/fail_reason`. */
  readonly call: string;
  /** The literal code; never a secret. */
  readonly code: string;
  /** The platform's support id. */
  readonly requestId?: string | undefined;
}

/** A platform that makes up codes must not fill our memory; beyond this they are only logged. */
const MOST_KEPT = 1_000;
/** Servers of anybody answer too: a code of theirs may be as long as a body. */
const MAX_TEXT = 120;

/** Counts and logs what platforms say beyond their documents: such a code is never guessed, somebody has to look. */
export class UnknownCodes {
  private readonly logger = new Logger('Platforms');
  private readonly seen = new Map<string, number>();

  report({ call, code, ...rest }: UnknownCode): void {
    const unknown = { ...rest, call: call.slice(0, MAX_TEXT), code: code.slice(0, MAX_TEXT) };
    const key = `${unknown.platform} ${unknown.call} ${unknown.code}`;
    const count = (this.seen.get(key) ?? 0) + 1;
    if (count > 1 || this.seen.size < MOST_KEPT) this.seen.set(key, count);
    this.logger.warn(
      { ...unknown, metric: 'platform_unknown_code', count },
      'A platform said a code nobody documented',
    );
  }

  /** How often each was seen since the process began: `platform call code` to a count. */
  counts(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.seen);
  }
}
