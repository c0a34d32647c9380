import type { Env } from './env.schema.js';

/** The parsed environment as Nest injects it; rooms read their values from it in their module file only. */
export class AppConfig {
  constructor(readonly env: Env) {}

  /** Address for links we hand out, without a trailing slash. */
  get publicUrl(): string {
    return (this.env.PUBLIC_URL ?? `http://${this.env.HOST}:${this.env.PORT}`).replace(/\/$/, '');
  }

  get servesHttp(): boolean {
    return this.env.ROLE !== 'worker';
  }

  get publishes(): boolean {
    return this.env.ROLE !== 'api';
  }
}
