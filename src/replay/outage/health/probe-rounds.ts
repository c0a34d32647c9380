import type { PlatformName } from '../../../platforms/domain/platform-name.js';
import type { StoredSignal } from '../../../health/domain/keyed.js';
import { NEUTRAL } from '../../../health/domain/signal.js';
import type { Stage } from '../run/stage.js';
import type { ObservationLine } from '../world/observations.js';
import { PROBE_SPACING_MS, type ProbeLine } from '../world/probe-desk.js';
import type { TraceAccount } from '../world/roster.js';
import type { Place } from './health-source.js';

const KINDS = ['auth', 'read', 'upload'] as const;
type Kind = (typeof KINDS)[number];
const OBSERVED = { auth: 'auth_probe', read: 'read_probe', upload: 'upload_probe' } as const;

/** Probes of one kind in one place, and what was seen by them. */
interface Looks {
  readonly kind: Kind;
  readonly place: Place;
  readonly probes: ProbeLine;
  readonly line: ObservationLine;
  /** Who is asked in turn; upload sessions need an account. */
  readonly accounts: readonly TraceAccount[];
  turn: number;
}

interface Heard {
  readonly verdict: 'good' | 'bad';
  readonly latencyMs: number;
  readonly account: TraceAccount | undefined;
}

/** Looks at every place as often as the budget allows; upload sessions on its accounts in turn. */
export class ProbeRounds {
  constructor(
    private readonly stage: Stage,
    private readonly record: (signal: StoredSignal) => void,
  ) {}

  /** What has the same rhythm goes in one round: a week has a million probes. */
  start(): void {
    for (const [spacingMs, kinds] of Map.groupBy(KINDS, (kind) => PROBE_SPACING_MS[kind])) {
      const looks = kinds.flatMap((kind) => this.stage.places.map((place) => this.looksOf(kind, place)));
      this.every(spacingMs, () => looks.forEach((one) => this.look(one)));
    }
    this.every(PROBE_SPACING_MS.neutral, () => this.lookAtNeutral());
  }

  private looksOf(kind: Kind, place: Place): Looks {
    const { probes, observations, roster } = this.stage;
    const isHere = ({ platform, region }: TraceAccount) => platform === place.platform && region === place.region;
    const accounts = kind === 'upload' ? roster.all.filter(isHere) : [];
    const line = observations.lineOf(place, OBSERVED[kind]);
    return { kind, place, probes: probes.lineOf(kind, place), line, accounts, turn: 0 };
  }

  private every(spacingMs: number, look: () => void): void {
    look();
    this.stage.after(spacingMs, () => this.every(spacingMs, look));
  }

  private lookAtNeutral(): void {
    const { kind: verdict } = this.stage.probes.askNeutral(this.stage.nowMs);
    if (verdict === 'refused') return;
    const { record, stage } = this;
    record({ platform: NEUTRAL, region: '', capability: 'read', source: 'probe', verdict, at: stage.now() });
  }

  private look(looks: Looks): void {
    const { stage } = this;
    const answer = looks.probes.ask(stage.nowMs);
    if (answer.kind === 'refused') return;
    const { kind: verdict, atMs } = answer;
    const account = looks.accounts[looks.turn++ % looks.accounts.length];
    const seen = { verdict, latencyMs: atMs - stage.nowMs, account };
    if (atMs === stage.nowMs) this.hear(looks, seen);
    else stage.at(atMs, () => this.hear(looks, seen));
  }

  private hear({ kind, place, line }: Looks, { verdict, latencyMs, account }: Heard): void {
    const { stage, record } = this;
    const isBad = verdict === 'bad';
    line.saw(stage.nowMs, isBad);
    record({
      platform: place.platform as PlatformName,
      region: place.region,
      capability: kind,
      workspaceId: account && String(account.workspace),
      accountId: account?.id,
      source: 'probe',
      verdict,
      errorClass: isBad ? 'platform' : undefined,
      latencyMs,
      at: stage.now(),
    });
  }
}
