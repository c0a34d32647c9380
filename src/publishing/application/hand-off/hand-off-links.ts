import { Injectable } from '@nestjs/common';
import { Clock } from '../../../kernel/clock.port.js';
import { plusMs } from '../../../kernel/durations.js';
import { HandOffTokens } from '../../domain/hand-off/hand-off-token.js';
import { type HandOff, HandOffs } from '../../domain/hand-off/hand-offs.port.js';
import { HandOffSettings } from '../../hand-off-settings.js';

/** The addresses of hand-off pages, and what stands behind them. */
@Injectable()
export class HandOffLinks {
  constructor(
    private readonly tokens: HandOffTokens,
    private readonly handOffs: HandOffs,
    private readonly settings: HandOffSettings,
    private readonly clock: Clock,
  ) {}

  urlOf({ id, expiresAt }: Pick<HandOff, 'id' | 'expiresAt'>): string {
    return `${this.settings.publicUrl()}/handoff/${this.tokens.tokenOf(id, plusMs(expiresAt, this.settings.graceMs))}`;
  }

  /** undefined for a link that is not ours, has ended or was cut off. */
  async behind(token: string): Promise<HandOff | undefined> {
    const id = this.tokens.read(token, this.clock.now());
    return id === undefined ? undefined : this.handOffs.get(id);
  }
}
