import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../kernel/transaction.js';
import { Workspaces } from '../../../workspaces/index.js';
import type { Broadcast } from '../../domain/sending/broadcast.js';
import { IncidentReader } from '../../domain/notices/incident-reader.port.js';
import type { TemplateContext } from '../../domain/sending/template.port.js';
import { PublicAddresses } from '../notices/public-addresses.js';

/** What is the same for every reader of a broadcast at one moment. */
type BroadcastScene = Pick<TemplateContext, 'workspace' | 'incident' | 'links' | 'pageUrl'>;

/** Gathers what templates may name. */
@Injectable()
export class BroadcastScenes {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly incidents: IncidentReader,
    private readonly addresses: PublicAddresses,
  ) {}

  async of({ workspaceId, incidentId }: Broadcast, tx?: Tx): Promise<BroadcastScene> {
    const { name } = await this.workspaces.get(workspaceId, tx);
    const incident = incidentId === null ? undefined : await this.incidents.facts(incidentId, tx);
    const links = incidentId === null ? [] : await this.incidents.links(workspaceId, incidentId, tx);
    return {
      workspace: { name },
      ...(incident ? { incident } : {}),
      links,
      pageUrl: this.addresses.linksUrl(workspaceId),
    };
  }
}
