import { type BeforeApplicationShutdown, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { AppConfig } from '../../../infra/config/app-config.js';
import { ConfigError } from '../../../infra/config/env.schema.js';
import { Clock } from '../../../kernel/clock.port.js';
import { TakeInboundMail } from '../../application/bounces/take-inbound-mail.js';
import { BounceSettings } from '../../domain/bounces/bounce-settings.js';
import { BounceListener } from '../../infrastructure/bounces/bounce-listener.js';

/** Listens for mail that comes back, in processes that serve, when a port is configured. */
@Injectable()
export class BounceListenerJob implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('Bounces');
  private listener: BounceListener | undefined;

  constructor(
    private readonly config: AppConfig,
    private readonly settings: BounceSettings,
    private readonly take: TakeInboundMail,
    private readonly clock: Clock,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const { BOUNCE_SMTP_HOST: host, BOUNCE_SMTP_PORT: port } = this.config.env;
    const { domain, secret } = this.settings;
    if (port === undefined || !this.config.servesHttp) return;
    if (domain === undefined) throw new ConfigError(['BOUNCE_DOMAIN: must be set when BOUNCE_SMTP_PORT is']);
    const { BOUNCE_SMTP_TLS_CERT: certFile, BOUNCE_SMTP_TLS_KEY: keyFile } = this.config.env;
    this.listener = new BounceListener({
      host,
      port,
      domain,
      secret,
      tls: certFile && keyFile ? { certFile, keyFile } : undefined,
      now: () => this.clock.now(),
      take: (mail) => this.taken(mail),
    });
    this.logger.log(`Mail for ${domain} is taken at ${host}:${await this.listener.start()}`);
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.listener?.stop();
  }

  private async taken(mail: Parameters<TakeInboundMail['execute']>[0]): Promise<void> {
    try {
      await this.take.execute(mail);
    } catch (error) {
      this.logger.warn({ err: error }, 'A mail could not be stored; its sender keeps it');
      throw error;
    }
  }
}
