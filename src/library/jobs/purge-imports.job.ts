import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Ticks } from '../../infra/jobs/ticks.js';
import { DAY_MS } from '../../kernel/durations.js';
import { MediaImports } from '../domain/media-imports.port.js';

/** Clients ask about an import while it runs and shortly after; the media stays. */
const KEEP_ENDED_MS = 30 * DAY_MS;

/** Forgets imports that ended long ago, once a day in one process of the cluster. */
@Injectable()
export class PurgeImportsJob implements OnModuleInit {
  constructor(
    private readonly ticks: Ticks,
    private readonly imports: MediaImports,
  ) {}

  onModuleInit(): void {
    this.ticks.everyInCluster('library.purge_imports', DAY_MS, () => this.imports.forgetEnded(KEEP_ENDED_MS));
  }
}
