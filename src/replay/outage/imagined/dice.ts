import { Draws } from '../../domain/draws.js';

/** Draws by name: the same seed and name give the same number, whatever else was drawn. */
export class Dice {
  private readonly draws: Draws;

  constructor(
    private readonly family: string,
    seed: number,
  ) {
    this.draws = new Draws(seed);
  }

  /** Uniform in [0, 1). */
  uniform(name: string): number {
    return this.draws.uniform(`imagined|${this.family}|${name}`);
  }

  /** Uniform between two bounds, to three places: traces are read by people too. */
  between(name: string, low: number, high: number): number {
    return rounded(low + this.uniform(name) * (high - low));
  }

  /** The same, but each factor is as likely as any other: for spans from minutes to hours. */
  scale(name: string, low: number, high: number): number {
    return rounded(low * (high / low) ** this.uniform(name));
  }

  /** Whole, from `low` up to and with `high`. */
  whole(name: string, low: number, high: number): number {
    return low + Math.floor(this.uniform(name) * (high - low + 1));
  }

  chance(name: string, rate: number): boolean {
    return this.uniform(name) < rate;
  }

  pick<T>(name: string, from: readonly [T, ...T[]]): T {
    return from[this.whole(name, 0, from.length - 1)] ?? from[0];
  }
}

const rounded = (value: number): number => Math.round(value * 1e3) / 1e3;
