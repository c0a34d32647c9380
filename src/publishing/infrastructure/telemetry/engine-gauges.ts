import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Database } from '../../../infra/database/database.js';
import { keptReading } from '../../../infra/metrics/kept-reading.js';
import { MetricsRegistry, type Reading } from '../../../infra/metrics/metrics-registry.js';
import { ENGINE_GAUGES } from './engine-gauges.sql.js';

interface Row {
  readonly gauge: string;
  readonly label: string;
  readonly value: number;
}

interface Shown {
  readonly gauge: string;
  readonly name: string;
  readonly help: string;
  /** The label of each row; left out where there is one row only. */
  readonly label?: string;
}

const GAUGES: readonly Shown[] = [
  { gauge: 'due', name: 'perennial_targets_due', help: 'Scheduled targets whose instant has come', label: 'platform' },
  { gauge: 'late', name: 'perennial_targets_late', help: 'Those more than 60 s past it', label: 'platform' },
  {
    gauge: 'attempt',
    name: 'perennial_attempts_open',
    help: 'Attempts in flight: armed, intended, processing; unknown: nobody knows yet',
    label: 'state',
  },
  { gauge: 'held', name: 'perennial_targets_held', help: 'Targets that wait, by why', label: 'reason' },
  { gauge: 'unconfirmed', name: 'perennial_targets_unconfirmed', help: 'Targets whose outcome is asked for' },
  { gauge: 'needs_decision', name: 'perennial_targets_needs_decision', help: 'Targets that wait for a person' },
  {
    gauge: 'queue',
    name: 'perennial_queue_jobs',
    help: 'Jobs ready or running, counted once a minute',
    label: 'queue',
  },
];

/** The engine's state of the whole cluster, as the tables say it; the same from every process. */
@Injectable()
export class EngineGauges implements OnModuleInit {
  private readonly rows = keptReading(() => this.database.rows<Row>(ENGINE_GAUGES));

  constructor(
    private readonly registry: MetricsRegistry,
    private readonly database: Database,
  ) {}

  onModuleInit(): void {
    for (const { gauge, name, help, label } of GAUGES)
      this.registry.gauge({
        name,
        help,
        labels: label === undefined ? [] : [label],
        read: async () => readingsOf(await this.rows(), gauge, label),
      });
  }
}

const readingsOf = (rows: readonly Row[], gauge: string, label: string | undefined): readonly Reading[] => {
  const own = rows.filter((row) => row.gauge === gauge);
  if (label !== undefined) return own.map((row) => ({ labels: { [label]: row.label }, value: row.value }));
  return [{ labels: {}, value: own.reduce((sum, { value }) => sum + value, 0) }];
};
