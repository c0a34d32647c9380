import { Injectable } from '@nestjs/common';
import type { Incident } from '../../../health/domain/incident.js';
import { Incidents } from '../../../health/index.js';
import { notFound } from '../../../kernel/domain-error.js';

/** The incident that a request names. They belong to the instance: every workspace may ask for every one. */
@Injectable()
export class FindIncident {
  constructor(private readonly incidents: Incidents) {}

  /** @throws DomainError `incident.not_found` */
  async execute(id: string): Promise<Incident> {
    const incident = await this.incidents.get(id);
    if (!incident) throw notFound('incident', id);
    return incident;
  }
}
