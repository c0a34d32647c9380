import { Injectable } from '@nestjs/common';
import { handOffExpiresAt } from '../../domain/hand-off/hand-off.policy.js';
import type { TargetRecord } from '../../domain/targets/target-record.js';
import { HandOffSettings } from '../../hand-off-settings.js';
import { Engine } from '../engine.js';

/** How long a hand-off that begins now may wait. */
@Injectable()
export class HandOffClock {
  constructor(
    private readonly engine: Engine,
    private readonly settings: HandOffSettings,
  ) {}

  expiresAt(target: TargetRecord): Date {
    return handOffExpiresAt(target, this.engine.now(), this.settings.expireMs);
  }
}
