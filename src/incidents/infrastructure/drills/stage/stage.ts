import type { Drill } from '../../../domain/drills/drill.js';
import type { QueueShape } from '../../../domain/drills/queue-shape.js';
import type { SandboxControl } from './sandbox-control.js';
import type { StageProcess } from './stage-process.js';

/** What a drill is played with. */
export interface Stage {
  readonly drill: Drill;
  readonly shape: QueueShape;
  readonly sandbox: SandboxControl;
  readonly app: StageProcess;
  readonly timeScale: number;
  readonly proceed: (checked: number, total: number) => Promise<boolean>;
}
