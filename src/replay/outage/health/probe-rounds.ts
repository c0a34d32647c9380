import type { PlatformName } from '../../../platforms/domain/platform-name.js';
import { NEUTRAL, type Signal } from '../../../health/domain/signal.js';
import type { Stage } from '../run/stage.js';
import type { ProbeKind } from '../world/answers.js';
import { PROBE_SPACING_MS } from '../world/probe-desk.js';
import type { TraceAccount } from '../world/roster.js';
import type { Place } from './health-source.js';

const KINDS = ['auth', 'read', 'upload'] as const;
type Kind = (typeof KINDS)[number];
const OBSERVED = { auth: 'auth_probe', read: 'read_probe', upload: 'upload_probe' } as const;

const signalOf = (
  capability: Kind,
  { platform, region }: Place,
  seen: Pick<Signal, 'verdict' | 'latencyMs'>,
  account: TraceAccount | undefined,
): Signal => {
  const signal: Signal = { platform: platform as PlatformName, region, capability, source: 'probe', ...seen };
  const said = seen.verdict === 'bad' ? { ...signal, errorClass: 'platform' } : signal;
  return account ? { ...said, accountId: account.id, workspaceId: String(account.workspace) } : said;
};

/** Looks at every place as often as the budget allows; upload sessions on its accounts in turn. */
export class ProbeRounds {
  private readonly turns = new Map<string, number>();
  private readonly accounts: ReadonlyMap<string, readonly TraceAccount[]>;

  constructor(
    private readonly stage: Stage,
    private readonly record: (signal: Signal) => void,
  ) {
    this.accounts = Map.groupBy(stage.roster.all, ({ platform, region }) => `${platform}|${region}`);
  }

  /** What has the same rhythm goes in one round: a week has a million probes. */
  start(): void {
    const kinds: readonly ProbeKind[] = [...KINDS, 'neutral'];
    for (const [spacingMs, together] of Map.groupBy(kinds, (kind) => PROBE_SPACING_MS[kind]))
      this.round(spacingMs, together);
  }

  private round(spacingMs: number, kinds: readonly ProbeKind[]): void {
    for (const kind of kinds)
      if (kind === 'neutral') this.probeNeutral();
      else for (const place of this.stage.places) this.probe(kind, place);
    this.stage.after(spacingMs, () => this.round(spacingMs, kinds));
  }

  private probeNeutral(): void {
    const answer = this.stage.probes.askNeutral(this.stage.nowMs);
    if (answer.kind !== 'refused')
      this.record({ platform: NEUTRAL, region: '', capability: 'read', source: 'probe', verdict: answer.kind });
  }

  private probe(kind: Kind, place: Place): void {
    const { stage } = this;
    const answer = stage.probes.ask(kind, place, stage.nowMs);
    if (answer.kind === 'refused') return;
    const account = kind === 'upload' ? this.accountInTurn(place) : undefined;
    const signal = signalOf(kind, place, { verdict: answer.kind, latencyMs: answer.atMs - stage.nowMs }, account);
    if (answer.atMs === stage.nowMs) this.hear(kind, place, signal);
    else stage.at(answer.atMs, () => this.hear(kind, place, signal));
  }

  private hear(kind: Kind, place: Place, signal: Signal): void {
    const { observations, nowMs } = this.stage;
    observations.saw(place, OBSERVED[kind], { atMs: nowMs, isBad: signal.verdict === 'bad' });
    this.record(signal);
  }

  private accountInTurn({ platform, region }: Place): TraceAccount | undefined {
    const accounts = this.accounts.get(`${platform}|${region}`) ?? [];
    const turn = this.turns.get(`${platform}|${region}`) ?? 0;
    this.turns.set(`${platform}|${region}`, turn + 1);
    return accounts[turn % Math.max(1, accounts.length)];
  }
}
