import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Database } from '../../../infra/database/database.js';
import { keptReading } from '../../../infra/metrics/kept-reading.js';
import { MetricsRegistry } from '../../../infra/metrics/metrics-registry.js';

interface Backlog {
  readonly waiting: number;
  readonly oldestSeconds: number;
}

/** Of webhooks that are on: what a disabled one left waiting is nobody's backlog. Index: `webhook_delivery_due`. */
const BACKLOG = `
  select count(*)::float8 as waiting,
         coalesce(extract(epoch from statement_timestamp() - min(d.created_at)), 0)::float8 as "oldestSeconds"
    from webhook_delivery d join webhook w on w.id = d.webhook_id
   where d.state = 'waiting' and w.disabled_at is null`;

/** How far behind the webhooks of all workspaces are; the same from every process. */
@Injectable()
export class DeliveryGauges implements OnModuleInit {
  private readonly backlog = keptReading(() => this.database.row<Backlog>(BACKLOG));

  constructor(
    private readonly registry: MetricsRegistry,
    private readonly database: Database,
  ) {}

  onModuleInit(): void {
    this.gauge('perennial_webhook_deliveries_waiting', 'Messages to webhooks that wait for a try', 'waiting');
    this.gauge('perennial_webhook_oldest_waiting_seconds', 'Age of the oldest of them', 'oldestSeconds');
  }

  private gauge(name: string, help: string, field: keyof Backlog): void {
    const read = async () => [{ labels: {}, value: (await this.backlog())?.[field] ?? 0 }];
    this.registry.gauge({ name, help, read });
  }
}
