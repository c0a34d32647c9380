import { Group, Progress, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';

interface ProgressNoteProps {
  /** What is going on: "Reading the file". */
  readonly label: string;
  readonly done: number;
  /** `undefined`: nobody knows how much there is. */
  readonly total: number | undefined;
  /** How far, in the units of the job: "3,000 of 10,000 rows". */
  readonly detail?: string;
  /** Buttons, such as to stop it. */
  readonly actions?: ReactNode;
}

const WHOLE = 100;

/** How far a long job is, to the eye and to the ear. */
export const ProgressNote = ({ label, done, total, detail, actions }: ProgressNoteProps) => {
  const percent = total === undefined || total === 0 ? undefined : Math.min(WHOLE, (done / total) * WHOLE);
  return (
    <Stack gap={6}>
      <Group justify="space-between" wrap="nowrap">
        <Text size="sm">{label}</Text>
        {actions}
      </Group>
      <Progress.Root size="lg">
        <Progress.Section
          value={percent ?? WHOLE}
          animated={percent !== WHOLE}
          aria-label={label}
          {...(percent === undefined ? { 'aria-valuenow': undefined } : {})}
        />
      </Progress.Root>
      {detail !== undefined && (
        <Text size="xs" c="dimmed" aria-live="polite">
          {detail}
        </Text>
      )}
    </Stack>
  );
};
