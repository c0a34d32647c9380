import { Injectable } from '@nestjs/common';
import { Clock } from '../../../kernel/clock.port.js';
import { RadarAlerts, RadarSeries, RadarWatches } from '../../domain/radar/radar.ports.js';
import { RadarSettings } from '../../radar-settings.js';

/** What every look of the radar needs beside its subject. */
@Injectable()
export class RadarContext {
  constructor(
    readonly clock: Clock,
    readonly settings: RadarSettings,
  ) {}
}

/** Where watches, their series and their alerts live. */
@Injectable()
export class RadarStores {
  constructor(
    readonly watches: RadarWatches,
    readonly series: RadarSeries,
    readonly alerts: RadarAlerts,
  ) {}
}
