import type { Reason } from '../../../routing/domain/route-decision.js';
import type { Obstacle } from './drill-report.js';

const MOST_OBSTACLES = 20;

/** Counts what stands in the way of posts; its size grows with the kinds of obstacles, not with the posts. */
export class ObstacleCount {
  private readonly found = new Map<string, { count: number; example: string }>();

  /** All obstacles of one post: each kind counts once. */
  add(obstacles: readonly Reason[]): void {
    const isNamed = obstacles.some(({ code }) => code !== 'no_fallback');
    for (const [code, example] of new Map(obstacles.map((one) => [one.code, one.text]))) {
      // "No fallback" says nothing beside the reasons of each of them.
      if (code === 'no_fallback' && isNamed) continue;
      this.found.set(code, { count: (this.found.get(code)?.count ?? 0) + 1, example });
    }
  }

  /** The commonest first. */
  list(): readonly Obstacle[] {
    return [...this.found]
      .map(([code, { count, example }]) => ({ code, count, example }))
      .sort((one, other) => other.count - one.count)
      .slice(0, MOST_OBSTACLES);
  }
}
