import type { SinkDeed, SinkMoment } from './sink.ts';

/** Of all messages, this share loses its connection: before its body, within it, and after it unanswered. */
const CUTS: Readonly<Partial<Record<SinkMoment, number>>> = {
  recipient: 0.01,
  'body-begins': 0.002,
  'body-whole': 0.003,
};
const MOMENTS: readonly SinkMoment[] = ['recipient', 'body-begins', 'body-whole', 'answered'];

interface Kill {
  /** After so many messages began. */
  readonly after: number;
  readonly moment: SinkMoment;
}

/** Where a run kills senders and cuts connections, by seed: spread over the whole broadcast and over all moments. */
export class KillPlan {
  private readonly kills: Kill[];
  private messages = 0;

  private readonly random: () => number;

  constructor(random: () => number, { recipients, kills }: { readonly recipients: number; readonly kills: number }) {
    this.random = random;
    const last = recipients * 0.95;
    this.kills = Array.from({ length: kills }, () => ({
      after: Math.floor(random() * last),
      moment: MOMENTS[Math.floor(random() * MOMENTS.length)] ?? 'recipient',
    })).sort((one, other) => one.after - other.after);
  }

  /** @param kill false when nobody is alive to be killed: the kill is kept for the next one */
  at(moment: SinkMoment, kill: (pick: number) => boolean): SinkDeed {
    if (moment === 'recipient') this.messages += 1;
    const [next] = this.kills;
    if (next && next.after <= this.messages && next.moment === moment && kill(this.random())) this.kills.shift();
    return this.random() < (CUTS[moment] ?? 0) ? 'cut' : 'go-on';
  }
}
