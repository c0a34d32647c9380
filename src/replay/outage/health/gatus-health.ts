import { MINUTE_MS } from '../../../kernel/durations.js';
import type { HealthState, PlatformState } from '../../../health/domain/health-state.js';
import type { Stage } from '../run/stage.js';
import { type HealthSource, type Place, placeKey } from './health-source.js';
import { StateBoard } from './state-board.js';

const EVERY_MS = MINUTE_MS;
const TRIPS_AFTER = 3;
const CLEARS_AFTER = 2;

/** A read probe each minute: three failures in a row trip, two successes in a row clear. */
export class GatusHealth implements HealthSource {
  private readonly board: StateBoard;
  /** Results in a row: above 0 good ones, below bad ones. */
  private readonly rows = new Map<string, number>();

  constructor(private readonly stage: Stage) {
    this.board = new StateBoard(stage);
  }

  start(onChange: (place: Place) => void): void {
    this.board.listen(onChange);
    for (const place of this.stage.places) this.probe(place);
  }

  stateOf(place: Place): PlatformState {
    return this.board.get(place);
  }

  readStateOf(place: Place): HealthState {
    return this.board.get(place).state;
  }

  takeCanary(): boolean {
    return false;
  }

  signal(): void {}

  counted(): void {}

  isSelfSuspect(): boolean {
    return false;
  }

  isCalm(): boolean {
    return this.board.isCalm;
  }

  private probe(place: Place): void {
    const { stage } = this;
    const answer = stage.probes.ask('read', place, stage.nowMs);
    if (answer.kind !== 'refused') stage.at(answer.atMs, () => this.judge(place, answer.kind === 'good'));
    stage.after(EVERY_MS, () => this.probe(place));
  }

  private judge(place: Place, isGood: boolean): void {
    this.stage.observations.saw(place, 'read_probe', { atMs: this.stage.nowMs, isBad: !isGood });
    const before = this.rows.get(placeKey(place)) ?? 0;
    const row = isGood ? Math.max(0, before) + 1 : Math.min(0, before) - 1;
    this.rows.set(placeKey(place), row);
    if (row <= -TRIPS_AFTER) this.board.set(place, 'down', `${-row} read probes failed.`);
    if (row >= CLEARS_AFTER) this.board.set(place, 'healthy', `${row} read probes were good.`);
  }
}
