import { useMutation, type UseMutationOptions, type UseMutationResult } from '@tanstack/react-query';
import { tellDone, tellProblem } from '../ui/tell.ts';
import { refreshTags } from './queries.ts';

interface Afterwards<Answer> {
  /** What it makes stale, by the tags of the API. */
  readonly tags: readonly string[];
  /** What became of it, for the person. */
  readonly said?: string;
  readonly onDone?: (answer: Answer) => void;
  /** A form shows the refusal itself. */
  readonly inForm?: boolean;
}

/** A mutation that leaves no list stale and no person without an answer. */
export const useDeed = <Answer, Fault, Wish>(
  mutation: UseMutationOptions<Answer, Fault, Wish>,
  { tags, said, onDone, inForm = false }: Afterwards<Answer>,
): UseMutationResult<Answer, Fault, Wish> =>
  useMutation({
    ...mutation,
    onSuccess: (answer) => {
      void refreshTags(tags);
      if (said !== undefined) tellDone(said);
      onDone?.(answer);
    },
    ...(inForm ? {} : { onError: tellProblem }),
  });
