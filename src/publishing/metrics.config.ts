import type { Provider } from '@nestjs/common';
import { CollectMetrics } from './application/metrics/collect-metrics.js';
import { KeepLooks } from './application/metrics/keep-looks.js';
import { MetricsReader } from './application/metrics/metrics-reader.js';
import { ReadAnalytics } from './application/metrics/read-analytics.js';
import { PlatformTrouble } from './application/metrics/platform-trouble.js';
import { ReadBestTimes } from './application/metrics/read-best-times.js';
import { ReadCounters } from './application/metrics/read-counters.js';
import { MetricLooks } from './domain/metrics/metric-looks.port.js';
import { TimedViewsReader } from './domain/metrics/timed-views.port.js';
import { ViewsHistories } from './domain/metrics/views-histories.port.js';
import { MetricLooksRepository } from './infrastructure/metrics/metric-looks.repository.js';
import { MetricsReaderRepository } from './infrastructure/metrics/metrics-reader.repository.js';
import { TimedViewsRepository } from './infrastructure/metrics/timed-views.repository.js';
import { ViewsHistoriesRepository } from './infrastructure/metrics/views-histories.repository.js';
import { MetricsJob } from './jobs/metrics/metrics.job.js';

/** Everything that counting what the audience did needs. */
export const metricsProviders: Provider[] = [
  { provide: MetricLooks, useClass: MetricLooksRepository },
  { provide: MetricsReader, useClass: MetricsReaderRepository },
  { provide: TimedViewsReader, useClass: TimedViewsRepository },
  { provide: ViewsHistories, useClass: ViewsHistoriesRepository },
  CollectMetrics,
  KeepLooks,
  MetricsJob,
  PlatformTrouble,
  ReadAnalytics,
  ReadBestTimes,
  ReadCounters,
];
