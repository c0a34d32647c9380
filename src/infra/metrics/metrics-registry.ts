import { Injectable, type OnModuleInit } from '@nestjs/common';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { DataSource } from 'typeorm';

/** Rows of one gauge: a value for each set of labels. */
export interface Reading {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** A gauge that is read when somebody asks. */
export interface GaugeSpec {
  readonly name: string;
  readonly help: string;
  readonly labels?: readonly string[];
  /** The present rows; earlier ones are forgotten. A failure leaves the gauge out of this answer. */
  readonly read: () => Promise<readonly Reading[]> | readonly Reading[];
}

interface Pool {
  readonly totalCount: number;
  readonly idleCount: number;
  readonly waitingCount: number;
}

/** Everything this process tells Prometheus. Names begin with `perennial_`; Node's own are `process_` and `nodejs_`. */
@Injectable()
export class MetricsRegistry implements OnModuleInit {
  private readonly registry = new Registry();

  constructor(private readonly dataSource: DataSource) {}

  onModuleInit(): void {
    collectDefaultMetrics({ register: this.registry });
    this.gauge({
      name: 'perennial_db_pool_connections',
      help: 'Connections of this process to the database; waiting: callers in line for one',
      labels: ['state'],
      read: () => poolReadings((this.dataSource.driver as unknown as { readonly master?: Pool }).master),
    });
  }

  get contentType(): string {
    return this.registry.contentType;
  }

  counter<L extends string>(name: string, help: string, labelNames: readonly L[]): Counter<L> {
    return new Counter({ name, help, labelNames, registers: [this.registry] });
  }

  /** @param buckets upper bounds, in the unit of the name */
  histogram<L extends string>(
    name: string,
    help: string,
    { labels, buckets }: { readonly labels: readonly L[]; readonly buckets: readonly number[] },
  ): Histogram<L> {
    return new Histogram({ name, help, labelNames: labels, buckets: [...buckets], registers: [this.registry] });
  }

  gauge({ name, help, labels = [], read }: GaugeSpec): void {
    const collect = async function (this: Gauge): Promise<void> {
      this.reset();
      const readings = await Promise.resolve()
        .then(read)
        .catch(() => []);
      for (const { labels: names, value } of readings) this.set({ ...names }, value);
    };
    new Gauge({ name, help, labelNames: labels, registers: [this.registry], collect });
  }

  /** The exposition text. */
  text(): Promise<string> {
    return this.registry.metrics();
  }
}

const poolReadings = (pool: Pool | undefined): readonly Reading[] =>
  pool === undefined
    ? []
    : [
        { labels: { state: 'busy' }, value: pool.totalCount - pool.idleCount },
        { labels: { state: 'idle' }, value: pool.idleCount },
        { labels: { state: 'waiting' }, value: pool.waitingCount },
      ];
