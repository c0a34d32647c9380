import { Injectable } from '@nestjs/common';
import type { EventTypeOf } from '../../kernel/event-catalogue.js';
import { EventLog } from '../../kernel/event-log.port.js';
import type { Tx } from '../../kernel/transaction.js';
import type { KeyedTransition } from '../domain/assessment.js';
import { Assessments } from '../domain/assessments.port.js';
import { hashOf } from '../domain/detector-config.js';
import type { HealthState } from '../domain/health-state.js';
import { openingOf, type Trouble } from '../domain/incident.js';
import { Incidents } from '../domain/incidents.port.js';
import { HealthSettings } from '../health-settings.js';

const EVENT_TYPES: Readonly<Record<HealthState, EventTypeOf<'platform'>>> = {
  degraded: 'platform.degraded',
  down: 'platform.down',
  recovering: 'platform.recovering',
  healthy: 'platform.recovered',
};

/** Stores changes of health; those of `publish` open and close incidents and are told to others. */
@Injectable()
export class DeclareIncidents {
  constructor(
    private readonly incidents: Incidents,
    private readonly assessments: Assessments,
    private readonly events: EventLog,
    private readonly settings: HealthSettings,
  ) {}

  async execute(transitions: readonly KeyedTransition[], tx: Tx): Promise<void> {
    if (transitions.length === 0) return;
    const declared: (KeyedTransition & { readonly incidentId: string | undefined })[] = [];
    for (const change of transitions) declared.push({ ...change, incidentId: await this.incidentOf(change, tx) });
    await this.assessments.appendTransitions(declared, hashOf(this.settings.detector), tx);
    const told = declared.filter(({ capability }) => capability === 'publish');
    await this.events.append(
      told.map(({ platform, region, transition: { to, reason }, incidentId }) => ({
        workspaceId: null,
        type: EVENT_TYPES[to],
        subjectId: incidentId ?? `${platform}|${region}`,
        payload: { platform, region, incidentId: incidentId ?? null, reason, state: to },
      })),
      tx,
    );
  }

  /** Incidents open and close with `publish`; what else is in trouble meanwhile is said of them. */
  private async incidentOf(change: KeyedTransition, tx: Tx): Promise<string | undefined> {
    const { platform, region, capability, transition } = change;
    const at = new Date(transition.atMs);
    if (capability !== 'publish') return this.alsoAffected(change, tx);
    switch (transition.to) {
      case 'degraded':
      case 'down': {
        const { to: worstState, reason } = transition;
        return this.opened({ platform, region, openedAt: at, worstState, reason }, tx);
      }
      case 'recovering':
        return this.incidents.openOne(platform, region, tx);
      case 'healthy':
        return this.incidents.close(platform, region, at, tx);
    }
  }

  private async opened(trouble: Trouble, tx: Tx): Promise<string> {
    const { platform, region, openedAt } = trouble;
    const opening = openingOf(await this.incidents.latest(platform, region, tx), openedAt, this.settings.mergeWithinMs);
    if (opening.kind === 'open') return this.incidents.open(trouble, tx);
    if (opening.kind === 'join') await this.incidents.worsen(opening.id, trouble, tx);
    else await this.incidents.reopen(opening.id, trouble, tx);
    return opening.id;
  }

  private async alsoAffected(change: KeyedTransition, tx: Tx): Promise<string | undefined> {
    const { platform, region, capability, transition } = change;
    const id = await this.incidents.openOne(platform, region, tx);
    if (id && (transition.to === 'degraded' || transition.to === 'down'))
      await this.incidents.affect(id, capability, tx);
    return id;
  }
}
