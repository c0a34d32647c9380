// A broadcast rendered, signed and ledgered, beside a raw unsigned nodemailer pool to the same sink in the same run:
// npm run bench:mail [-- --json] [-- --short]
import { execFile } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { parseArgs, promisify } from 'node:util';
import { apiClient } from '../demo/clients.ts';
import { type Program, startProgram } from '../demo/processes.ts';
import { NOTICE, seedPeople } from '../mail/people.ts';
import { type MailStage, sendToAll, setMailStage } from '../mail/stage.ts';
import { runBench } from './main.ts';
import { countSigned } from '../../test/support/signatures.ts';
import { watchMemory } from './memory.ts';

const SELECTOR = 'bench';
const DOMAIN = 'studio.example';
const BUDGET_RATIO = 1;
/** Peaks of a process that allocates and frees by the batch differ from run to run by some tens of MB. */
const FLAT_WITHIN = 1.25;

const { values: options } = parseArgs({ options: { json: { type: 'boolean' }, short: { type: 'boolean' } } });
const [few, many] = options.short ? [500, 2_000] : [10_000, 100_000];
const say = (line: string): void => void process.stderr.write(`${line}\n`);

interface SinkCount {
  readonly count: number;
  readonly ms: number;
  readonly people: number;
}

interface Stage extends MailStage {
  readonly sinkUrl: string;
  readonly sender: Program;
  readonly dkim: { readonly name: string; readonly record: string };
  readonly sink: <T>(method: string, path: string) => Promise<T>;
}

const setStage = async (): Promise<Stage> => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  const program = await startProgram(['seeds/bench/mail-sink.ts'], {}, (line) => line.startsWith('{'));
  const { smtp, control } = JSON.parse(program.lines[0] ?? '{}') as Record<'smtp' | 'control', string>;
  const mail = await setMailStage({
    SMTP_URL: smtp,
    MAIL_FROM: `Studio <news@${DOMAIN}>`,
    PUBLIC_URL: `https://mail.${DOMAIN}`,
    DKIM_DOMAIN: DOMAIN,
    DKIM_SELECTOR: SELECTOR,
    DKIM_PRIVATE_KEY: privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64'),
    ...NO_THRESHOLDS,
  });
  const record = `v=DKIM1; k=rsa; p=${publicKey.export({ type: 'spki', format: 'der' }).toString('base64')}`;
  return {
    ...mail,
    sinkUrl: smtp,
    sender: await mail.startSender(),
    dkim: { name: `${SELECTOR}._domainkey.${DOMAIN}`, record },
    sink: apiClient(control, ''),
    stop: async () => {
      await mail.stop();
      await program.stop();
    },
  };
};

/** A large list needs no second person here. */
const NO_THRESHOLDS = { BROADCAST_CONFIRM_FROM: '0', BROADCAST_TWO_ACTORS_FROM: '0' };

const perSecond = ({ count, ms }: SinkCount): number => Math.round((count - 1) / (ms / 1_000));

const raw = async ({ sink, sinkUrl }: Stage): Promise<number> => {
  await sink('POST', '/');
  await promisify(execFile)(process.execPath, ['seeds/bench/mail-raw.ts', sinkUrl, String(few)]);
  const rate = perSecond(await sink<SinkCount>('GET', '/'));
  say(`raw, unsigned: ${rate} a second`);
  return rate;
};

interface Broadcasted {
  readonly perSecond: number;
  readonly rssMb: number;
  readonly people: number;
  readonly samples: number;
  readonly signed: number;
}

const until = async (isSo: () => Promise<boolean>): Promise<void> => {
  while (!(await isSo())) await new Promise((next) => setTimeout(next, 500));
};

const broadcast = async (stage: Stage, count: number): Promise<Broadcasted> => {
  const { api, db, sink, sender, dkim } = stage;
  const tag = count === few ? 'few' : 'many';
  await seedPeople(db, count, tag);
  await sink('POST', '/');
  const memory = watchMemory(sender.pid);
  const id = await sendToAll(api, NOTICE, tag);
  // The mail server is asked, which costs nothing: counting a hundred thousand rows twice a second would be part of it.
  await until(async () => (await sink<SinkCount>('GET', '/')).count >= count);
  await until(async () => (await api<{ status: string }>('GET', `/v1/broadcasts/${id}`)).status === 'sent');
  memory.stop();
  const counted = await sink<SinkCount>('GET', '/');
  const samples = await sink<readonly string[]>('GET', '/samples');
  const signed = await countSigned(samples, dkim);
  const result = { perSecond: perSecond(counted), rssMb: Math.round(memory.peakMb()), people: counted.people };
  say(`${count} rendered, signed, ledgered: ${result.perSecond} a second, ${result.rssMb} MB`);
  return { ...result, samples: samples.length, signed };
};

const median = (values: readonly number[]): number =>
  values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? NaN;

const play = async (stage: Stage): Promise<boolean> => {
  const rates = [await raw(stage)];
  const small = await broadcast(stage, few);
  rates.push(await raw(stage));
  const large = await broadcast(stage, many);
  rates.push(await raw(stage));
  const rawUnsignedPerSecond = median(rates);
  const figures = {
    recipients: many,
    perSecond: large.perSecond,
    perSecond10k: small.perSecond,
    rawUnsignedPerSecond,
    ratio: Math.round((100 * large.perSecond) / rawUnsignedPerSecond) / 100,
    rssMb10k: small.rssMb,
    rssMb100k: large.rssMb,
    verified: small.signed + large.signed,
    samples: small.samples + large.samples,
  };
  if (options.json) process.stdout.write(`${JSON.stringify(figures)}\n`);
  else console.table(figures);
  const broken = [
    figures.ratio < BUDGET_RATIO && 'ratio',
    figures.rssMb100k > figures.rssMb10k * FLAT_WITHIN && 'rssMb100k',
    (figures.samples === 0 || figures.verified < figures.samples) && 'verified',
    (small.people !== few || large.people !== many) && 'recipients',
  ].filter(Boolean);
  if (broken.length > 0) say(`Not kept: ${broken.join(', ')}.`);
  return broken.length === 0;
};

runBench(setStage, play);
