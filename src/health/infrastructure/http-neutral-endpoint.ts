import { NeutralEndpoint } from '../domain/neutral-endpoint.port.js';

/** Asks the operator's addresses for their heads; any answer proves the way there, the first one is enough. */
export class HttpNeutralEndpoint extends NeutralEndpoint {
  constructor(private readonly urls: readonly string[]) {
    super();
  }

  get isOn(): boolean {
    return this.urls.length > 0;
  }

  async isReachable(timeoutMs: number): Promise<boolean> {
    const ask = async (url: string): Promise<void> => {
      const signal = AbortSignal.timeout(timeoutMs);
      const answer = await fetch(url, { method: 'HEAD', redirect: 'manual', signal });
      await answer.body?.cancel();
    };
    return Promise.any(this.urls.map(ask)).then(
      () => true,
      () => false,
    );
  }
}
