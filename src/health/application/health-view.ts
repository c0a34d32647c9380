import { Injectable } from '@nestjs/common';
import { Clock } from '../../kernel/clock.port.js';
import { admissionFor } from '../domain/admission.js';
import type { HealthPlace } from '../domain/health-place.js';
import type { HealthState, PlatformState } from '../domain/health-state.js';
import { type HealthSnapshot, HealthSnapshots } from '../domain/health-snapshot.port.js';
import { type Override, overrideFor } from '../domain/override.js';
import type { HealthCapability } from '../domain/signal.js';
import { HealthSettings } from '../health-settings.js';

const EPOCH = new Date(0);

/** Health as this process last read it: answers at once, from memory. */
@Injectable()
export class HealthView {
  private snapshot: HealthSnapshot = { measured: [], overrides: [], isSelfSuspect: false };
  private readAtMs = -Infinity;
  private reading: Promise<void> | undefined;

  constructor(
    private readonly snapshots: HealthSnapshots,
    private readonly clock: Clock,
    private readonly settings: HealthSettings,
  ) {}

  /** Reads the stored health again. Runs every 250 ms where this role publishes; others call it before they ask. */
  async refresh(): Promise<void> {
    const readAtMs = this.clock.now().getTime();
    this.snapshot = await this.snapshots.read();
    this.readAtMs = readAtMs;
  }

  /**
   * Reads again what was read longer ago than this: a process that is busy with a thousand calls reads late, just when a
   * platform dies. Whoever asks meanwhile waits for the same answer.
   * @param ms by this process's clock, whichever way it was set
   */
  async notOlderThan(ms: number): Promise<void> {
    if (Math.abs(this.clock.now().getTime() - this.readAtMs) <= ms) return;
    this.reading ??= this.refresh().finally(() => (this.reading = undefined));
    await this.reading;
  }

  /**
   * How a platform does in a region, as `workspaceId` sees it: its own override, else the instance's, else measured.
   * A platform nobody has seen in trouble is healthy.
   */
  stateOf(platform: string, region: string, workspaceId?: string): PlatformState {
    const pinned = overrideFor(this.snapshot.overrides, { platform, region, workspaceId }, this.clock.now());
    if (pinned) return pinnedState(pinned);
    return this.measuredState(platform, region, 'publish');
  }

  /** What was measured, whatever anybody says. */
  measuredState(platform: string, region: string, capability: HealthCapability): PlatformState {
    const found = this.snapshot.measured.find(
      (row) => row.platform === platform && row.region === region && row.capability === capability,
    );
    if (!found) return { state: 'healthy', rampShare: 1, since: EPOCH, reason: 'No trouble seen.', overridden: false };
    const { since, reason } = found;
    return { ...admissionFor(found.state, found.rampStep, this.settings.detector), since, reason, overridden: false };
  }

  /**
   * Every place that is measured or said to be in such a state; whether that holds for a workspace there, `stateOf`
   * tells.
   */
  placesWhere(isSuch: (state: HealthState) => boolean): readonly HealthPlace[] {
    const now = this.clock.now();
    const { measured, overrides } = this.snapshot;
    const found = measured.filter(({ capability, state }) => capability === 'publish' && isSuch(state));
    const said = overrides.filter(({ state, expiresAt }) => isSuch(state) && expiresAt > now);
    return [...found.map(({ platform, region }) => ({ platform, region })), ...said];
  }

  /** Regions in which the platform has ever been observed. */
  regionsOf(platform: string): readonly string[] {
    const regions = this.snapshot.measured.filter((row) => row.platform === platform).map((row) => row.region);
    return [...new Set(regions)].sort();
  }

  /** Our own connection is in doubt: no call is begun, and nobody is blamed. */
  isSelfSuspect(): boolean {
    return this.snapshot.isSelfSuspect;
  }
}

const pinnedState = ({ state, createdAt, reason, author }: Override): PlatformState => ({
  state,
  rampShare: state === 'down' ? 0 : 1,
  since: createdAt,
  reason: `Set by ${author}: ${reason}`,
  overridden: true,
});
