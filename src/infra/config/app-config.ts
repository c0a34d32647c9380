import type { Env } from './env.schema.js';

/** The parsed environment as Nest injects it; rooms read their values from it in their module file only. */
export class AppConfig {
  private port: number;

  constructor(readonly env: Env) {
    this.port = env.PORT;
  }

  /** With PORT=0 the real port is known only after listening. */
  listenedOn(port: number): void {
    this.port = port;
  }

  /** Address for links we hand out, without a trailing slash. */
  get publicUrl(): string {
    return (this.env.PUBLIC_URL ?? `http://${this.env.HOST}:${this.port}`).replace(/\/$/, '');
  }

  get servesHttp(): boolean {
    return this.env.ROLE !== 'worker';
  }

  get publishes(): boolean {
    return this.env.ROLE !== 'api';
  }
}
