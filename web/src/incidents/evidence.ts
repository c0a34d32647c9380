import { queryOptions } from '@tanstack/react-query';
import { evidenceEvidence } from '../api/generated/sdk.gen.ts';

interface Counters {
  readonly at: string;
  readonly views: number;
  /** Read while the platform was in trouble. */
  readonly suspect: boolean;
}

/** A post that met the incident, as the report tells it. */
export interface AffectedTarget {
  readonly targetId: string;
  readonly postId: string;
  readonly title: string;
  readonly account: string;
  readonly platform: string;
  readonly status: string;
  readonly permalink?: string;
  readonly replacements: readonly {
    readonly platform?: string;
    readonly account?: string;
    readonly permalink?: string;
  }[];
  readonly counters?: { readonly before?: Counters; readonly during?: Counters; readonly after?: Counters };
}

/** What an account would have reached, and what it did. */
export interface Reach {
  readonly accountId: string;
  readonly account: string;
  readonly platform: string;
  readonly ageSeconds: number;
  readonly planned: number;
  readonly here: { readonly live: number; readonly views: number };
  readonly elsewhere: { readonly live: number; readonly views: number };
  readonly expected: { readonly kind: string; readonly median?: number; readonly sampleSize?: number };
  readonly expectedTotal?: number;
}

/** The parts of the report that the page shows. */
export interface Evidence {
  readonly targets: readonly AffectedTarget[];
  readonly reach: readonly Reach[];
}

const isEvidence = (body: unknown): body is Evidence =>
  typeof body === 'object' && body !== null && 'targets' in body && 'reach' in body;

/** The report as data: large, so only when it is asked for. */
export const evidenceOptions = (id: string) =>
  queryOptions({
    queryKey: [{ _id: 'evidence', tags: ['Incidents'], id }],
    queryFn: async ({ signal }): Promise<Evidence> => {
      const query = { format: 'json' as const };
      const { data } = await evidenceEvidence({ path: { id }, query, parseAs: 'json', signal });
      const body: unknown = data;
      return isEvidence(body) ? body : { targets: [], reach: [] };
    },
  });
