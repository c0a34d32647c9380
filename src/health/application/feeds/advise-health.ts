import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../kernel/transaction.js';
import type { PlatformName } from '../../../platforms/domain/platform-name.js';
import { Feeds } from '../../domain/feeds/feeds.port.js';
import { SignalRecorder } from '../../domain/signal-recorder.port.js';

/** A word from outside about a platform. */
export interface Advice {
  readonly platform: PlatformName;
  /** Absent: every region in which we know the platform. */
  readonly region?: string | undefined;
  /** `feed:<name>` or `radar:<watch>`; shown with every verdict it had a part in. */
  readonly source: string;
}

/** Lays a word from outside among the signals, in their stored order, so that verdicts replay with it. */
@Injectable()
export class AdviseHealth {
  constructor(
    private readonly feeds: Feeds,
    private readonly signals: SignalRecorder,
  ) {}

  /** Trouble is likelier than usual; there is no call for the opposite. @returns for how many regions */
  async trouble({ platform, region, source }: Advice, tx: Tx): Promise<number> {
    const regions = region === undefined ? await this.feeds.regionsOf(platform, tx) : [region];
    await this.signals.record(
      regions.map((one) => ({
        platform,
        region: one,
        capability: 'publish',
        source: 'feed',
        verdict: 'bad',
        errorClass: source,
      })),
      tx,
    );
    return regions.length;
  }
}
