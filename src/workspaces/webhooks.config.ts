import { AppConfig } from '../infra/config/app-config.js';
import { DAY_MS } from '../kernel/durations.js';
import { SettleDelivery } from './application/webhooks/settle-delivery.js';
import { WebhookDesk } from './application/webhooks/webhook-desk.js';
import { WebhookMessages } from './application/webhooks/webhook-messages.js';
import { Deliveries, DeliveryQueue, WebhookDoor, Webhooks } from './domain/webhooks/webhooks.port.js';
import { DeliveriesRepository } from './infrastructure/webhooks/deliveries.repository.js';
import { DeliveryGauges } from './infrastructure/webhooks/delivery-gauges.js';
import { DeliveryQueueRepository } from './infrastructure/webhooks/delivery-queue.repository.js';
import { GuardedWebhookDoor } from './infrastructure/webhooks/guarded-webhook-door.js';
import { WebhookSecrets } from './infrastructure/webhooks/webhook-secrets.js';
import { WebhooksRepository } from './infrastructure/webhooks/webhooks.repository.js';
import { WebhookSender } from './jobs/webhooks/webhook-sender.js';
import { EVENT_KEEP_MS, WebhooksJob } from './jobs/webhooks/webhooks.job.js';

export const webhookProviders = [
  WebhookSecrets,
  { provide: Webhooks, useClass: WebhooksRepository },
  { provide: Deliveries, useClass: DeliveriesRepository },
  { provide: DeliveryQueue, useClass: DeliveryQueueRepository },
  {
    provide: WebhookDoor,
    inject: [AppConfig],
    useFactory: ({ env }: AppConfig) => new GuardedWebhookDoor({ allow: env.FETCH_ALLOW }),
  },
  {
    provide: EVENT_KEEP_MS,
    inject: [AppConfig],
    useFactory: ({ env }: AppConfig) => env.EVENT_KEEP_DAYS * DAY_MS,
  },
  DeliveryGauges,
  WebhookDesk,
  WebhookMessages,
  SettleDelivery,
  WebhookSender,
  WebhooksJob,
];
