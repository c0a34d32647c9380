import { createHmac } from 'node:crypto';
import { SANDBOX_APP } from '../world/sandbox-platform.js';
import type { World } from '../world/world.js';
import type { TikTokAccount } from './tiktok-state.js';

/** Repeated until it is taken, for 72 h (`platforms.md` 1.12). */
const KEPT_MS = 72 * 3_600_000;
const FIRST_RETRY_MS = 2_000;
const LONGEST_RETRY_MS = 3_600_000;

interface Delivery {
  readonly body: string;
  readonly bornMs: number;
  readonly tries: number;
}

/** Tells the app's one callback address what happened: signed, at least once, in any order. */
export class TikTokWebhooks {
  #waiting: Delivery[] = [];

  constructor(private readonly world: World) {}

  /** @param content JSON text; it travels as a string inside of the event */
  tell(event: string, account: TikTokAccount, content: string): void {
    const { clock, settings } = this.world;
    if (settings.tiktokWebhookUrl === '') return;
    const bornMs = clock.nowMs();
    const body = JSON.stringify({
      client_key: SANDBOX_APP.clientId,
      event,
      create_time: Math.floor(bornMs / 1000),
      user_openid: account.externalId,
      content,
    });
    for (let copy = 0; copy < settings.tiktokWebhookCopies; copy += 1) this.#waiting.push({ body, bornMs, tries: 0 });
    clock.after(settings.tiktokWebhookDelayMs, () => void this.flush());
  }

  reset(): void {
    this.#waiting = [];
  }

  /** Sends what has gathered, the newest first when told so. */
  private async flush(): Promise<void> {
    const batch = this.#waiting.splice(0);
    if (this.world.settings.tiktokWebhooksReversed) batch.reverse();
    for (const delivery of batch) await this.send(delivery);
  }

  private async send(delivery: Delivery): Promise<void> {
    const url = this.world.settings.tiktokWebhookUrl;
    if (url === '' || (await isTaken(url, delivery.body))) return;
    if (this.world.clock.nowMs() - delivery.bornMs > KEPT_MS) return;
    const delayMs = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** delivery.tries);
    this.world.clock.after(delayMs, () => void this.send({ ...delivery, tries: delivery.tries + 1 }));
  }
}

/** Signed at the real time of sending: a test that moves the sandbox's clock does not move the receiver's. */
const isTaken = async (url: string, body: string): Promise<boolean> => {
  const seconds = Math.floor(Date.now() / 1000);
  const signature = createHmac('sha256', SANDBOX_APP.clientSecret).update(`${seconds}.${body}`).digest('hex');
  const headers = { 'content-type': 'application/json', 'TikTok-Signature': `t=${seconds},s=${signature}` };
  return fetch(url, { method: 'POST', headers, body, redirect: 'manual' }).then(
    ({ status }) => status === 200,
    () => false,
  );
};
