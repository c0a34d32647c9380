import { ActionIcon } from '@mantine/core';
import { IconUser } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useSession } from '../access/session.ts';

const OpenedMenu = lazy(() => import('./account-dropdown.tsx'));

/** Who one is; its menu is fetched when it is opened first. */
export const AccountMenu = () => {
  const { name, email } = useSession();
  const [isWanted, setWanted] = useState(false);
  const button = (isLoading: boolean) => (
    <ActionIcon
      variant="default"
      size="lg"
      aria-label={name || email}
      aria-haspopup="menu"
      loading={isLoading}
      onClick={() => setWanted(true)}
    >
      <IconUser size={18} stroke={1.6} />
    </ActionIcon>
  );
  if (!isWanted) return button(false);
  return (
    <Suspense fallback={button(true)}>
      <OpenedMenu />
    </Suspense>
  );
};
