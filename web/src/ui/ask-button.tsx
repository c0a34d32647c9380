import { Button, type ButtonProps } from '@mantine/core';
import { confirm } from './confirm.ts';

interface AskButtonProps extends Omit<ButtonProps, 'children'> {
  readonly label: string;
  /** Whose button it is, for who hears it without its row. */
  readonly of?: string;
  readonly title: string;
  readonly text: string;
  /** The deed, in words. */
  readonly yes: string;
  readonly onYes: () => void;
}

/** A button for what cannot be taken back: asks first. */
export const AskButton = ({ label, of, title, text, yes, onYes, ...look }: AskButtonProps) => {
  const ask = async (): Promise<void> => {
    if (await confirm({ title, text, yes, isGrave: true })) onYes();
  };
  return (
    <Button
      size="xs"
      variant="default"
      {...look}
      {...(of === undefined ? {} : { 'aria-label': `${label}: ${of}` })}
      onClick={() => void ask()}
    >
      {label}
    </Button>
  );
};
