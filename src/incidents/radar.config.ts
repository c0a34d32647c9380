import { AppConfig } from '../infra/config/app-config.js';
import { ListenFirehose } from './application/radar/listen-firehose.js';
import { LookAtRadar } from './application/radar/look-at-radar.js';
import { RadarContext, RadarStores } from './application/radar/radar-context.js';
import { RadarDesk } from './application/radar/radar-desk.js';
import { RaiseAlerts } from './application/radar/raise-alerts.js';
import { ReadRadar } from './application/radar/read-radar.js';
import { PostStream, RadarAlerts, RadarSeries, RadarWatches } from './domain/radar/radar.ports.js';
import { RadarController, RadarWatchesController } from './http/radar/radar.controller.js';
import { JetstreamClient } from './infrastructure/radar/jetstream.client.js';
import { RadarAlertsRepository } from './infrastructure/radar/radar-alerts.repository.js';
import { RadarSeriesRepository } from './infrastructure/radar/radar-series.repository.js';
import { RadarWatchesRepository } from './infrastructure/radar/radar-watches.repository.js';
import { RadarJob } from './jobs/radar/radar.job.js';
import { RadarSettings } from './radar-settings.js';

export const radarControllers = [RadarController, RadarWatchesController];

export const radarProviders = [
  { provide: RadarWatches, useClass: RadarWatchesRepository },
  { provide: RadarSeries, useClass: RadarSeriesRepository },
  { provide: RadarAlerts, useClass: RadarAlertsRepository },
  {
    provide: PostStream,
    inject: [AppConfig],
    useFactory: ({ env }: AppConfig) => new JetstreamClient(env.JETSTREAM_URL),
  },
  {
    provide: RadarSettings,
    inject: [AppConfig],
    useFactory: ({ env }: AppConfig) => new RadarSettings(env.RADAR_EVERY_SECONDS, env.FEEDS_ORIGIN, Math.random),
  },
  RadarContext,
  RadarStores,
  RadarDesk,
  ReadRadar,
  RaiseAlerts,
  LookAtRadar,
  ListenFirehose,
  RadarJob,
];
