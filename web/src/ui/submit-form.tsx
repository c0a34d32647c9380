import { Alert, Button, Group, Stack, VisuallyHidden } from '@mantine/core';
import type { ReactNode, SubmitEvent } from 'react';
import { toProblem } from '../api/problem.ts';
import { ProblemNote } from './problem-note.tsx';

interface SubmitFormProps {
  /** On the button. */
  readonly label: string;
  /** The mutation that the form starts. */
  readonly action: { readonly isPending: boolean; readonly error: unknown };
  readonly onSubmit: () => void;
  /** Names of the inputs that show by themselves what is wrong with them. */
  readonly fields?: readonly string[];
  readonly disabled?: boolean;
  /** Beside the button. */
  readonly aside?: ReactNode;
  readonly fullWidth?: boolean;
  readonly children: ReactNode;
}

/** A form with one button: Enter sends it, once, and a refusal stands above the button. */
export const SubmitForm = ({ action, onSubmit, children, ...look }: SubmitFormProps) => {
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    event.stopPropagation();
    if (!action.isPending) onSubmit();
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        {children}
        {action.error != null && <Refusal error={action.error} fields={look.fields ?? []} />}
        <Group justify={look.fullWidth ? 'center' : 'flex-end'}>
          {look.aside}
          <Button
            type="submit"
            loading={action.isPending}
            disabled={look.disabled ?? false}
            fullWidth={look.fullWidth ?? false}
          >
            {look.label}
          </Button>
        </Group>
      </Stack>
    </form>
  );
};

const Refusal = ({ error, fields }: { readonly error: unknown; readonly fields: readonly string[] }) => {
  const problem = toProblem(error);
  const isAllShown = problem.fields.every(({ field }) => fields.includes(field));
  if (!isAllShown || problem.fields.length === 0) return <ProblemNote error={problem} />;
  // Said beside its field already: once more only for who listens.
  if (problem.fields.some(({ message }) => message === problem.message))
    return <VisuallyHidden role="alert">{problem.message}</VisuallyHidden>;
  return <Alert color="red" title={problem.message} role="alert" />;
};
