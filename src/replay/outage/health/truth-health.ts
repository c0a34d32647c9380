import type { HealthState, PlatformState } from '../../../health/domain/health-state.js';
import type { Stage } from '../run/stage.js';
import type { HealthSource, Place } from './health-source.js';
import { StateBoard } from './state-board.js';

/** The oracle's: publish state := truth, at once and both ways; no dwell, ramp or canary. */
export class TruthHealth implements HealthSource {
  private readonly board: StateBoard;

  constructor(private readonly stage: Stage) {
    this.board = new StateBoard(stage);
  }

  start(onChange: (place: Place) => void): void {
    const { stage, board } = this;
    board.listen(onChange);
    for (const place of stage.places)
      for (const { fromMs, endMs } of stage.truth.spansOf(place.platform, place.region))
        for (const edge of [fromMs, endMs]) stage.at(edge, () => this.look(place));
  }

  stateOf(place: Place): PlatformState {
    return this.board.get(place);
  }

  readStateOf({ platform, region }: Place): HealthState {
    return this.stage.truth.stateAt(platform, region, this.stage.nowMs, 'read');
  }

  takeCanary(): boolean {
    return true;
  }

  signal(): void {}

  counted(): void {}

  isSelfSuspect(): boolean {
    return this.stage.world.isCutOff(this.stage.nowMs);
  }

  isCalm(): boolean {
    return this.board.isCalm;
  }

  private look(place: Place): void {
    const state = this.stage.truth.stateAt(place.platform, place.region, this.stage.nowMs);
    this.board.set(place, state, `The trace says ${state}.`);
  }
}
