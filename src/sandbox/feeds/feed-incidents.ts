import type { World } from '../world/world.js';

/** Status pages that exist; TikTok, Skylight, UpScrolled and Telegram have none (`platforms.md` 7.3). */
export const FEED_NAMES = ['meta', 'google-cloud', 'google-workspace', 'bluesky', 'discord', 'twilio'] as const;
export type FeedName = (typeof FEED_NAMES)[number];

/** How bad, in Statuspage's words; each page has its own for them. */
export const SEVERITIES = ['minor', 'major', 'critical'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** One trouble a page admits. */
export interface Incident {
  readonly id: string;
  readonly feed: FeedName;
  /** Component it names, for example `graph-api`. */
  readonly service: string;
  readonly severity: Severity;
  readonly text: string;
  readonly begunMs: number;
  endedMs?: number;
}

/** What the pages say. Until told otherwise all is well. */
export class FeedIncidents {
  #incidents: Incident[] = [];
  /** Sandbox time of the last change, ms. */
  #changedMs: number;

  constructor(private readonly world: World) {
    this.#changedMs = world.clock.nowMs();
  }

  get changedMs(): number {
    return this.#changedMs;
  }

  open(spec: Pick<Incident, 'feed' | 'service' | 'severity' | 'text'>): Incident {
    this.#changedMs = this.world.clock.nowMs();
    const incident = { ...spec, id: this.world.ids.word(12), begunMs: this.#changedMs };
    this.#incidents.push(incident);
    return incident;
  }

  /** Ends what is open on this page, on one service or on all. @returns how many */
  resolve(feed: FeedName, service?: string): number {
    this.#changedMs = this.world.clock.nowMs();
    const open = this.openOn(feed).filter((incident) => service === undefined || incident.service === service);
    for (const incident of open) incident.endedMs = this.#changedMs;
    return open.length;
  }

  all(): readonly Incident[] {
    return this.#incidents;
  }

  /** Newest first, as pages show them. */
  on(feed: FeedName): readonly Incident[] {
    return this.#incidents.filter((incident) => incident.feed === feed).reverse();
  }

  openOn(feed: FeedName): readonly Incident[] {
    return this.on(feed).filter(({ endedMs }) => endedMs === undefined);
  }

  reset(): void {
    this.#incidents = [];
    this.#changedMs = this.world.clock.nowMs();
  }
}

/** The worst of these, undefined when there are none. */
export const worstOf = (incidents: readonly Incident[]): Severity | undefined =>
  [...SEVERITIES].reverse().find((severity) => incidents.some((incident) => incident.severity === severity));
