import { SECOND_MS } from '../../../kernel/durations.js';
import type { HealthState, PlatformState } from '../../../health/domain/health-state.js';
import type { Signal } from '../../../health/domain/signal.js';
import type { Stage } from '../run/stage.js';
import type { HealthSource, Place } from './health-source.js';
import { StateBoard } from './state-board.js';

const WINDOW_MS = 10 * SECOND_MS;
const LEAST_CALLS = 10;
const ERROR_SHARE = 0.5;
const RESET_MS = 30 * SECOND_MS;

interface Call {
  readonly atMs: number;
  readonly isError: boolean;
}

/** A breaker per platform: 50 % errors over at least ten calls in ten seconds open it for thirty. */
export class BreakerHealth implements HealthSource {
  private readonly board: StateBoard;
  private readonly windows = new Map<string, readonly Call[]>();

  constructor(private readonly stage: Stage) {
    this.board = new StateBoard(stage);
  }

  start(onChange: (place: Place) => void): void {
    this.board.listen(onChange);
  }

  stateOf(place: Place): PlatformState {
    return this.board.get(place);
  }

  readStateOf(): HealthState {
    return 'healthy';
  }

  takeCanary(): boolean {
    return false;
  }

  signal({ platform, verdict, source }: Signal): void {
    if (source !== 'attempt') return;
    const { nowMs } = this.stage;
    const recent = (this.windows.get(platform) ?? []).filter(({ atMs }) => atMs > nowMs - WINDOW_MS);
    const window = [...recent, { atMs: nowMs, isError: verdict !== 'good' }];
    this.windows.set(platform, window);
    const errors = window.filter(({ isError }) => isError).length;
    if (window.length >= LEAST_CALLS && errors >= ERROR_SHARE * window.length) this.open(platform);
  }

  counted(): void {}

  isSelfSuspect(): boolean {
    return false;
  }

  isCalm(): boolean {
    return this.board.isCalm;
  }

  private open(platform: string): void {
    const places = this.stage.places.filter((place) => place.platform === platform);
    if (places.some((place) => this.board.get(place).state === 'down')) return;
    for (const place of places) this.board.set(place, 'down', 'Half of the last calls failed.');
    this.stage.after(RESET_MS, () => {
      this.windows.delete(platform);
      for (const place of places) this.board.set(place, 'healthy', 'Tried again after thirty seconds.');
    });
  }
}
