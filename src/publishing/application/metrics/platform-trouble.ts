import { Injectable } from '@nestjs/common';
import { HealthView, Incidents } from '../../../health/index.js';
import type { LookDue } from '../../domain/metrics/metric-looks.port.js';

const MOST_OPEN_INCIDENTS = 200;

/** Whether a platform's counters can be believed now. */
@Injectable()
export class PlatformTrouble {
  constructor(
    private readonly view: HealthView,
    private readonly incidents: Incidents,
  ) {}

  async amongst(looks: readonly LookDue[], regionOf: (look: LookDue) => string): Promise<ReadonlySet<string>> {
    const open = await this.incidents.list({ isOpen: true, limit: MOST_OPEN_INCIDENTS });
    const sick = new Set(open.map(({ platform, region }) => `${platform}|${region}`));
    const isSuspect = (look: LookDue): boolean => {
      const { platform, workspaceId } = look;
      const region = regionOf(look);
      return (
        sick.has(`${platform}|${region}`) ||
        this.view.measuredState(platform, region, 'read').state !== 'healthy' ||
        this.view.measuredState(platform, region, 'counters').state !== 'healthy' ||
        this.view.stateOf(platform, region, workspaceId).state !== 'healthy'
      );
    };
    return new Set(looks.filter(isSuspect).map(({ targetId }) => targetId));
  }
}
