import { Button, Menu } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { sessionEnterMutation } from '../api/generated/@tanstack/react-query.gen.ts';
import { useSession } from '../access/session.ts';
import { tellProblem } from '../ui/tell.ts';

/** For people who are in several workspaces. */
export default function WorkspaceMenu() {
  const { t } = useTranslation();
  const { workspaceId, workspaceName, workspaces } = useSession();
  // Everything on the page belongs to the workspace that is left.
  const enter = useMutation({ ...sessionEnterMutation(), onSuccess: () => location.assign('/'), onError: tellProblem });
  return (
    <Menu>
      <Menu.Target>
        <Button
          variant="subtle"
          color="gray"
          size="xs"
          rightSection={<IconChevronDown size={14} aria-hidden />}
          aria-label={`${t('shell.workspace')}: ${workspaceName}`}
        >
          {workspaceName}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {workspaces.map((place) => (
          <Menu.Item
            key={place.workspaceId}
            disabled={place.workspaceId === workspaceId}
            onClick={() => enter.mutate({ body: { workspaceId: place.workspaceId } })}
          >
            {place.workspaceName}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
