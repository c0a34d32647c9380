import { Worker } from 'node:worker_threads';
import type { OnApplicationShutdown } from '@nestjs/common';
import { type BuiltMessage, MessageBuilder, type MessageOrder } from '../../domain/sending/message-builder.port.js';
import type { Answer, Task } from './message-thread.js';
import { mjmlRefused } from './mjml-content.js';

/** Bounds of the thread, in milliseconds and MB. */
export interface ThreadLimits {
  /** A task that takes longer has a template that does not end. */
  readonly taskMs: number;
  /** A thread without work gives its memory back. */
  readonly idleMs: number;
  readonly heapMb: number;
}

const LIMITS: ThreadLimits = { taskMs: 15_000, idleMs: 30_000, heapMb: 256 };
const SCRIPT = new URL('./message-thread.js', import.meta.url);

interface Asked {
  readonly task: Task;
  readonly resolve: (answer: Answer) => void;
  /** The thread died of this task. */
  readonly giveUp: () => void;
}

interface Thread {
  readonly worker: Worker;
  timer: NodeJS.Timeout;
}

/**
 * One thread that renders, builds and signs. It answers in the order it is asked, so when it hangs or dies the task at
 * the head is to blame: that one is given up and a new thread gets the others.
 */
export class ThreadMessageBuilder extends MessageBuilder implements OnApplicationShutdown {
  private readonly asked = new Map<number, Asked>();
  private thread: Thread | undefined;
  private lastId = 0;

  constructor(
    private readonly limits: ThreadLimits = LIMITS,
    private readonly script: URL = SCRIPT,
  ) {
    super();
  }

  async build(order: MessageOrder): Promise<readonly BuiltMessage[]> {
    const answer = await this.ask({ order });
    if (answer && 'built' in answer) return answer.built;
    return order.readers.map(() => TOO_SLOW);
  }

  async htmlOf(mjml: string): Promise<string> {
    const answer = await this.ask({ mjml });
    if (answer && 'html' in answer) return answer.html;
    throw mjmlRefused(answer && 'refused' in answer ? answer.refused.faults : ['It takes too long. Make it simpler.']);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.end();
  }

  /** @returns undefined when the thread did not survive this task */
  private ask(task: Task): Promise<Answer | undefined> {
    return new Promise((resolve) => {
      const id = (this.lastId += 1);
      this.asked.set(id, { task, resolve, giveUp: () => resolve(undefined) });
      const thread = (this.thread ??= this.start());
      thread.worker.postMessage({ ...task, id });
      if (this.asked.size === 1) this.watch(thread);
    });
  }

  private start(): Thread {
    const worker = new Worker(this.script, { resourceLimits: { maxOldGenerationSizeMb: this.limits.heapMb } });
    const thread: Thread = { worker, timer: setTimeout(() => undefined, 0) };
    worker.unref();
    worker.on('message', (answer: Answer) => this.answered(thread, answer));
    // Its end follows, and only then has everything it answered before been heard.
    worker.on('error', () => undefined);
    worker.once('exit', () => this.lost(thread));
    return thread;
  }

  private answered(thread: Thread, answer: Answer): void {
    const asked = this.asked.get(answer.id);
    this.asked.delete(answer.id);
    this.watch(thread);
    asked?.resolve(answer);
  }

  private watch(thread: Thread): void {
    clearTimeout(thread.timer);
    const isIdle = this.asked.size === 0;
    const act = () => (isIdle ? this.end() : thread.worker.terminate());
    thread.timer = setTimeout(() => void act(), isIdle ? this.limits.idleMs : this.limits.taskMs).unref();
  }

  private lost(thread: Thread): void {
    if (this.thread !== thread) return;
    clearTimeout(thread.timer);
    this.thread = undefined;
    const [head, ...rest] = this.asked.entries();
    if (!head) return;
    const [id, { giveUp }] = head;
    this.asked.delete(id);
    giveUp();
    if (rest.length === 0) return;
    const next = (this.thread = this.start());
    for (const [waiting, { task }] of rest) next.worker.postMessage({ ...task, id: waiting });
    this.watch(next);
  }

  private async end(): Promise<void> {
    const { thread } = this;
    this.thread = undefined;
    if (!thread) return;
    clearTimeout(thread.timer);
    await thread.worker.terminate();
  }
}

const TOO_SLOW: BuiltMessage = {
  code: 'template.too_slow',
  fault: 'template.too_slow: The template took too long or too much memory. Make it simpler.',
};
