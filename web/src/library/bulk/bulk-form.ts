import type { PostDto } from '../../api/generated/types.gen.ts';
import { refreshTags } from '../../api/queries.ts';

/** What is done to many posts at once. */
export interface BulkFormProps {
  readonly posts: readonly PostDto[];
  readonly onDone: () => void;
}

/** Of everything that such a deed touches. */
export const refresh = (): Promise<void> => refreshTags(['Posts', 'Targets', 'Calendar', 'Tags', 'Now', 'Pauses']);

export const idsOf = (posts: readonly PostDto[]): string[] => posts.map(({ id }) => id);
