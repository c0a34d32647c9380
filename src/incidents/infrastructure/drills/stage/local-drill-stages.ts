import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PlatformName } from '../../../../platforms/domain/platform-name.js';
import type { Drill } from '../../../domain/drills/drill.js';
import { DrillStages, type PlayedDrill, StageRefused } from '../../../domain/drills/drill-stage.port.js';
import type { QueueShape } from '../../../domain/drills/queue-shape.js';
import { stageEnv } from '../../../domain/drills/stage-env.js';
import { SandboxControl } from './sandbox-control.js';
import type { StageDatabases } from './stage-database.js';
import { regionMark } from './stage-cast.js';
import { playOnStage } from './stage-play.js';
import { startStageProcess } from './stage-process.js';

/** Sixty times faster, as in the demo: an hour of outage takes a minute. */
const LEAST_TIME_SCALE = 60;
const PLAYED: readonly PlatformName[] = ['tiktok', 'reels', 'shorts', 'skylight', 'discord', 'telegram'];

/** Plays drills on this machine: a second installation in a process of its own, against the configured sandbox. */
export class LocalDrillStages extends DrillStages {
  readonly isConfigured: boolean;
  private readonly timeScale: number;

  /**
   * @param sandboxUrl control address; undefined: none is configured
   * @param ownTimeScale the installation's; its stage is never slower
   */
  constructor(
    private readonly sandboxUrl: string | undefined,
    private readonly databases: StageDatabases,
    ownTimeScale: number,
  ) {
    super();
    this.isConfigured = sandboxUrl !== undefined;
    this.timeScale = Math.max(LEAST_TIME_SCALE, ownTimeScale);
  }

  plays(platform: PlatformName): boolean {
    return PLAYED.includes(platform);
  }

  async clear(drill: Drill): Promise<void> {
    await this.databases.sweep();
    if (this.sandboxUrl !== undefined) await new SandboxControl(this.sandboxUrl).healRegions(regionMark(drill.id));
  }

  async play(
    drill: Drill,
    shape: QueueShape,
    proceed: (checked: number, total: number) => Promise<boolean>,
  ): Promise<PlayedDrill | undefined> {
    const { sandboxUrl, timeScale } = this;
    if (sandboxUrl === undefined) throw gone();
    await this.databases.sweep();
    const sandbox = new SandboxControl(sandboxUrl);
    const offered = await sandbox.environment();
    const dataDir = await mkdtemp(join(tmpdir(), 'perennial-drill-'));
    try {
      const database = await this.databases.create();
      try {
        const made = stageEnv(offered, sandboxUrl, { databaseUrl: database.url, dataDir, timeScale });
        if ('foreignAddress' in made) throw notSafe(made.foreignAddress);
        const app = await startStageProcess(made.env);
        try {
          return await playOnStage({ drill, shape, sandbox, app, timeScale, proceed });
        } finally {
          await app.stop();
        }
      } finally {
        await database.drop();
      }
    } finally {
      await rm(dataDir, { recursive: true, force: true });
    }
  }
}

const gone = (): StageRefused =>
  new StageRefused({
    code: 'drill.no_sandbox',
    text: 'The worker that runs drills has no sandbox. Set SANDBOX_URL for workers too, to the control address of a sandbox.',
  });

const notSafe = (name: string): StageRefused =>
  new StageRefused({
    code: 'drill.sandbox_not_safe',
    text: `What listens at SANDBOX_URL names an address outside itself (${name}). Nothing was started: point SANDBOX_URL at a sandbox of this version.`,
  });
