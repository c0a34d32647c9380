import type { PlanningItem } from '../../domain/queues/planning-facts.port.js';
import { layered, recyclingOf, type RecyclingSettings } from '../../domain/queues/recycling.js';

/** What posts of the same tags, rules and wordings have in common. */
export type ItemShape = Pick<
  PlanningItem,
  'categories' | 'priority' | 'weight' | 'recycling' | 'seasons' | 'variationNumbers'
>;

/** What a shape is made of, as the database writes it. */
export interface ShapeSource {
  /** JSON lists. */
  readonly tags: string;
  readonly numbers: string | null;
  /** A JSON object. */
  readonly recycling: string | null;
}

/** Makes each shape once, so that thousands of posts share a few. */
export class ItemShapes {
  private readonly known = new Map<string, ItemShape>();

  constructor(private readonly settings: ReadonlyMap<string, RecyclingSettings>) {}

  of(source: ShapeSource): ItemShape {
    const key = `${source.tags} ${source.numbers} ${source.recycling}`;
    const known = this.known.get(key);
    if (known) return known;
    const shape = this.make(source);
    this.known.set(key, shape);
    return shape;
  }

  private make({ tags, numbers, recycling }: ShapeSource): ItemShape {
    const categories = JSON.parse(tags) as string[];
    const own = recycling === null ? undefined : (JSON.parse(recycling) as Readonly<Record<string, unknown>> | null);
    const settings = layered(
      own ?? undefined,
      categories.toSorted().flatMap((tag) => this.settings.get(tag) ?? []),
    );
    const variationNumbers = [0, ...(numbers === null ? [] : (JSON.parse(numbers) as number[]))];
    return {
      categories,
      priority: settings.priority ?? 0,
      weight: settings.weight ?? 1,
      recycling: recyclingOf(settings, variationNumbers.length),
      seasons: settings.seasons ?? [],
      variationNumbers,
    };
  }
}
