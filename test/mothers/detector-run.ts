import { type DetectorConfig, detectorConfig } from '../../src/health/domain/detector-config.js';
import { type DetectorState, initialState } from '../../src/health/domain/detector-state.js';
import { rampShareOf, step } from '../../src/health/domain/detector.js';
import type { Evidence } from '../../src/health/domain/evidence.js';
import type { HealthState } from '../../src/health/domain/health-state.js';
import type { Transition } from '../../src/health/domain/transition.js';

const START = Date.UTC(2026, 0, 25, 6);

/** Drives one detector on a virtual clock; every call returns the run, so that a story reads in one line. */
export class DetectorRun {
  current: DetectorState;
  nowMs = START;
  private attempts = 0;
  private readonly all: Transition[] = [];

  constructor(private readonly config: DetectorConfig = detectorConfig(1)) {
    this.current = initialState(config, new Date(START));
  }

  get state(): HealthState {
    return this.current.state;
  }
  get reason(): string {
    return this.current.reason;
  }
  get share(): number {
    return rampShareOf(this.current, this.config);
  }
  get transitions(): readonly Transition[] {
    return this.all;
  }

  after(ms: number): this {
    this.nowMs += ms;
    return this;
  }
  tick(): this {
    return this.take({ kind: 'tick' });
  }
  /** An unauthenticated look. */
  probe(verdict: 'good' | 'bad'): this {
    return this.see({ source: 'probe', verdict });
  }
  uploadProbe(verdict: 'good' | 'bad'): this {
    return this.see({ source: 'probe', verdict, accountId: 'probed' });
  }
  /** A post of its own target unless said otherwise, all of one workspace and account. */
  attempt(verdict: Evidence['verdict'], more: Partial<Evidence> = {}): this {
    this.attempts += 1;
    const targetId = `target-${this.attempts}`;
    return this.see({ source: 'attempt', verdict, workspaceId: 'w', accountId: 'a', targetId, ...more });
  }
  throughJson(): this {
    this.current = JSON.parse(JSON.stringify(this.current)) as DetectorState;
    return this;
  }

  private see(evidence: Omit<Evidence, 'at'>): this {
    return this.take({ kind: 'signal', evidence: { ...evidence, at: new Date(this.nowMs) } });
  }
  private take(event: Parameters<typeof step>[1]): this {
    const { state, effects } = step(this.current, event, new Date(this.nowMs), this.config);
    this.current = state;
    this.all.push(...effects);
    return this;
  }
}
