import { Text } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { useSession } from '../access/session.ts';

const WorkspaceMenu = lazy(() => import('./workspace-menu.tsx'));

/** The workspace one is in; a menu for people who are in several. */
export const WorkspaceSwitch = () => {
  const { workspaceName, workspaces } = useSession();
  const name = (
    <Text size="sm" c="dimmed" truncate maw={180}>
      {workspaceName}
    </Text>
  );
  if (workspaces.length < 2) return name;
  return (
    <Suspense fallback={name}>
      <WorkspaceMenu />
    </Suspense>
  );
};
