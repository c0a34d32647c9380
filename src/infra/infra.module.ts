import { type DynamicModule, Module } from '@nestjs/common';
import { LoggerModule } from 'nestjs-pino';
import { DataSource } from 'typeorm';
import { Clock } from '../kernel/clock.port.js';
import { EventLog } from '../kernel/event-log.port.js';
import { UnitOfWork } from '../kernel/transaction.js';
import { AppConfig } from './config/app-config.js';
import { SecretBox } from './crypto/secret-box.js';
import { Database } from './database/database.js';
import { DatabaseClock } from './database/database-clock.js';
import { Boss } from './jobs/boss.js';
import { Ticks } from './jobs/ticks.js';
import { loggingOptions } from './logging/logging.js';
import { Readiness } from './http/readiness.js';
import { MetricsRegistry } from './metrics/metrics-registry.js';
import { PrometheusController } from './metrics/prometheus.controller.js';
import { EventOutbox } from './outbox/event-outbox.js';
import { ProviderObservations } from './providers/provider-observations.js';

const CLOCK_MEASURE_MS = 10_000;

/** What was opened before Nest started. */
export interface InfraParts {
  readonly config: AppConfig;
  readonly dataSource: DataSource;
  readonly secretBox: SecretBox;
}

/** Everything every room may ask for, once per process. */
@Module({})
export class InfraModule {
  static forRoot({ config, dataSource, secretBox }: InfraParts): DynamicModule {
    const shared = [
      AppConfig,
      DataSource,
      SecretBox,
      Database,
      UnitOfWork,
      DatabaseClock,
      Clock,
      EventOutbox,
      EventLog,
      Ticks,
      Boss,
      MetricsRegistry,
      Readiness,
      ProviderObservations,
    ];
    return {
      module: InfraModule,
      global: true,
      controllers: [PrometheusController],
      imports: [LoggerModule.forRoot(loggingOptions(config.env.LOG_LEVEL))],
      providers: [
        { provide: AppConfig, useValue: config },
        { provide: DataSource, useValue: dataSource },
        { provide: SecretBox, useValue: secretBox },
        Database,
        { provide: UnitOfWork, useExisting: Database },
        {
          provide: DatabaseClock,
          inject: [Database, Ticks],
          useFactory: async (database: Database, ticks: Ticks) => {
            const clock = new DatabaseClock(database);
            await clock.measure();
            ticks.every('clock', CLOCK_MEASURE_MS, () => clock.measure());
            return clock;
          },
        },
        { provide: Clock, useExisting: DatabaseClock },
        EventOutbox,
        { provide: EventLog, useExisting: EventOutbox },
        Ticks,
        MetricsRegistry,
        Readiness,
        ProviderObservations,
        { provide: Boss, inject: [DataSource], useFactory: (source: DataSource) => new Boss(source, config.publishes) },
      ],
      exports: shared,
    };
  }
}
