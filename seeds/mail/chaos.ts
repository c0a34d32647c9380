// A broadcast whose senders are killed (-9) and whose mail server drops connections, counted at the mail server:
// npm run chaos:mail [-- --json] [-- --seed N] [-- --recipients N] [-- --kills N] [-- --senders N]
import { parseArgs } from 'node:util';
import { seededRandom } from '../crash/plan.ts';
import type { Program } from '../demo/processes.ts';
import { exitWith, onStage } from '../support/on-stage.ts';
import { KillPlan } from './kill-plan.ts';
import { NOTICE, seedPeople } from './people.ts';
import { type Sink, startSink } from './sink.ts';
import { type MailStage, sendToAll, setMailStage } from './stage.ts';
import { type Verdict, verdictOf } from './verdict.ts';

/** Waits of the sender, such as the rest of a server in trouble, are divided by this. */
const TIME_SCALE = 60;
const TAG = 'reader';
const SETTLES_WITHIN_MS = 600_000;
const STARTS = 3;

const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean' },
    seed: { type: 'string', default: '1' },
    recipients: { type: 'string', default: '5000' },
    kills: { type: 'string', default: '50' },
    /** Senders alive at once; whoever is killed is replaced. */
    senders: { type: 'string', default: '2' },
  },
});
const recipients = Number(options.recipients);
const startedAt = Date.now();
const out = options.json ? process.stderr : process.stdout;
const say = (line: string): void =>
  void out.write(`${((Date.now() - startedAt) / 1_000).toFixed(1).padStart(6)}s  ${line}\n`);

/** Senders that are killed where the plan says and replaced at once. */
class Senders {
  private readonly alive = new Set<Program>();
  private readonly starting = new Set<Promise<void>>();
  private isOver = false;
  kills = 0;

  private readonly stage: MailStage;

  constructor(stage: MailStage) {
    this.stage = stage;
  }

  /** Again when it does not come up in time: a slow machine is not the question here. */
  async begin(tries = STARTS): Promise<void> {
    try {
      const sender = await this.stage.startSender();
      if (this.isOver) return await sender.stop();
      this.alive.add(sender);
    } catch (error) {
      if (tries === 1) throw error;
      await this.begin(tries - 1);
    }
  }

  /** Kills one that is alive, if any, and starts another. @returns false when all are only starting */
  killOne(pick: number): boolean {
    const [victim] = [...this.alive].slice(Math.floor(pick * this.alive.size));
    if (!victim) return false;
    this.alive.delete(victim);
    this.kills += 1;
    const replaced = victim.kill().then(() => (this.isOver ? undefined : this.begin()));
    this.starting.add(replaced);
    void replaced.catch((error: unknown) => say(String(error))).finally(() => this.starting.delete(replaced));
    return true;
  }

  async end(): Promise<void> {
    this.isOver = true;
    await Promise.allSettled([...this.starting]);
  }
}

const play = async (stage: MailStage, sink: Sink, senders: Senders): Promise<Verdict> => {
  await seedPeople(stage.db, recipients, TAG);
  const id = await sendToAll(stage.api, NOTICE, TAG);
  say(`${recipients} recipients; starting ${options.senders} senders, ${options.kills} will be killed`);
  await Promise.all(Array.from({ length: Number(options.senders) }, () => senders.begin()));
  await settled(stage, id);
  await senders.end();
  return verdictOf(stage.db, { broadcastId: id, sink, kills: senders.kills, recipients });
};

/** Ends when no row can move any more. */
const settled = async ({ api }: MailStage, id: string): Promise<void> => {
  const until = Date.now() + SETTLES_WITHIN_MS;
  for (let last = ''; Date.now() < until; await new Promise((next) => setTimeout(next, 250))) {
    const { status, counts } = await api<{ status: string; counts: Record<string, number> }>(
      'GET',
      `/v1/broadcasts/${id}`,
    );
    if (status === 'sent') return;
    const line = JSON.stringify(counts);
    if (line !== last) say(line);
    last = line;
  }
  say('The broadcast did not end in time.');
};

const main = async (): Promise<number> => {
  const plan = new KillPlan(seededRandom(Number(options.seed)), { recipients, kills: Number(options.kills) });
  const crew: Senders[] = [];
  const sink = await startSink({ deedAt: (moment) => plan.at(moment, (pick) => crew[0]?.killOne(pick) ?? false) });
  const set = () =>
    setMailStage({
      SMTP_URL: sink.url,
      MAIL_FROM: 'Studio <news@studio.example>',
      TIME_SCALE: String(TIME_SCALE),
    });
  const playMails = async (stage: MailStage): Promise<number> => {
    const senders = new Senders(stage);
    crew.push(senders);
    const verdict = await play(stage, sink, senders);
    const seconds = Math.round((Date.now() - startedAt) / 1_000);
    const facts = { seed: Number(options.seed), ...verdict, seconds };
    if (options.json) process.stdout.write(`${JSON.stringify(facts)}\n`);
    else say(JSON.stringify(facts));
    return verdict.ok ? 0 : 1;
  };
  return onStage(set, playMails).finally(() => sink.stop());
};

exitWith(main());
