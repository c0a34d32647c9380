import { Button, FileButton, Stack, Text } from '@mantine/core';
import { IconUpload } from '@tabler/icons-react';
import { type DragEvent, useState } from 'react';
import './file-drop.css';

interface FileDropProps {
  /** On the button: "Choose a CSV file". */
  readonly label: string;
  /** Kinds and limits in words. */
  readonly hint?: string;
  /** As of `<input accept>`: ".csv,text/csv". What is dropped is not held to it: the server judges. */
  readonly accept: string;
  readonly multiple?: boolean;
  readonly disabled?: boolean;
  readonly onFiles: (files: readonly File[]) => void;
}

/** Files by button, which works for everybody, or dropped on it. */
export const FileDrop = ({ label, hint, accept, multiple = false, disabled = false, onFiles }: FileDropProps) => {
  const [isOver, setIsOver] = useState(false);
  const give = (files: readonly File[]): void => {
    const wanted = multiple ? files : files.slice(0, 1);
    if (!disabled && wanted.length > 0) onFiles(wanted);
  };
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setIsOver(false);
    give([...event.dataTransfer.files]);
  };
  const over = (event: DragEvent): void => {
    event.preventDefault();
    setIsOver(true);
  };
  const choose = (chosen: File | File[] | null): void => give(chosen === null ? [] : [chosen].flat());
  return (
    <div
      className="file-drop"
      data-over={isOver || undefined}
      onDragOver={over}
      onDragLeave={() => setIsOver(false)}
      onDrop={drop}
    >
      <Stack align="center" gap="xs">
        <FileButton accept={accept} multiple={multiple} disabled={disabled} onChange={choose}>
          {(button) => (
            <Button
              {...button}
              variant="default"
              disabled={disabled}
              leftSection={<IconUpload size={16} aria-hidden />}
            >
              {label}
            </Button>
          )}
        </FileButton>
        {hint !== undefined && (
          <Text size="sm" c="dimmed">
            {hint}
          </Text>
        )}
      </Stack>
    </div>
  );
};
