import { Button, type ButtonProps, Modal } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { ReactNode } from 'react';

interface ModalButtonProps extends Omit<ButtonProps, 'children'> {
  readonly label: string;
  /** Of the window; the button's own words when left out. */
  readonly title?: string;
  readonly width?: 'md' | 'lg' | 'xl';
  readonly children: (close: () => void) => ReactNode;
}

/** A button that opens a window; focus goes in, stays in, and comes back. */
export const ModalButton = ({ label, title = label, width = 'lg', children, ...look }: ModalButtonProps) => {
  const [isOpen, { open, close }] = useDisclosure();
  return (
    <>
      <Button size="xs" variant="default" {...look} onClick={open}>
        {label}
      </Button>
      <Modal opened={isOpen} onClose={close} title={title} size={width}>
        {children(close)}
      </Modal>
    </>
  );
};
