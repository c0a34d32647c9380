import { omit } from '../ui/omit.ts';

/** What the list of posts is narrowed to; it stands in the address, so that it can be kept and shared. */
export interface PostFilters {
  readonly q?: string;
  readonly tag?: string;
  readonly kind?: 'one_shot' | 'evergreen';
  readonly status?: PostStatus;
}

export const POST_STATUSES = [
  'draft',
  'scheduled',
  'publishing',
  'published',
  'partial',
  'failed',
  'cancelled',
] as const;
export type PostStatus = (typeof POST_STATUSES)[number];
export const POST_KINDS = ['one_shot', 'evergreen'] as const;

const known = <Name extends string>(names: readonly Name[], text: string | null): Name | undefined =>
  names.find((name) => name === text);

/** What the address says; what it does not know is left out. */
export const readFilters = (search: URLSearchParams): PostFilters => {
  const filters = {
    q: search.get('q') || undefined,
    tag: search.get('tag') || undefined,
    kind: known(POST_KINDS, search.get('kind')),
    status: known(POST_STATUSES, search.get('status')),
  };
  return Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== undefined));
};

export const writeFilters = (filters: PostFilters): URLSearchParams =>
  new URLSearchParams(
    Object.entries(filters).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string' && entry[1] !== '',
    ),
  );

/** The export of what the list shows; it knows no states. */
export const exportPath = (filters: PostFilters): string => {
  const query = writeFilters(omit(filters, 'status')).toString();
  return query === '' ? '/v1/posts.csv' : `/v1/posts.csv?${query}`;
};
