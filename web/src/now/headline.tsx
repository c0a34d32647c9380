import { Alert, Text } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconHandStop } from '@tabler/icons-react';
import { firstLine } from './first-line.ts';
import type { NowAnswer } from './now-answer.ts';
import { useSentence } from './use-sentence.ts';

const LOOKS = {
  act: { color: 'red', icon: <IconHandStop aria-hidden /> },
  watch: { color: 'orange', icon: <IconAlertTriangle aria-hidden /> },
  calm: { color: 'teal', icon: <IconCircleCheck aria-hidden /> },
} as const;

/** The one sentence; told again to screen readers when it changes. */
export const Headline = ({ now, nowMs }: { readonly now: NowAnswer; readonly nowMs: number }) => {
  const line = firstLine(now);
  const sentence = useSentence(line, nowMs);
  return (
    <Alert {...LOOKS[line.tone]} role="status" aria-live="polite" data-tone={line.tone}>
      <Text fz={{ base: 'md', sm: 'xl' }} fw={600} lh={1.35} c="var(--mantine-color-text)">
        {sentence}
      </Text>
    </Alert>
  );
};
