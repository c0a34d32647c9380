import { AppShell, Burger, Button, Group, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlus } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Outlet, useLocation } from 'react-router';
import { AccountMenu } from './account-menu.tsx';
import { LiveBadge } from './live-badge.tsx';
import { PageLinks } from './page-links.tsx';
import { SchemeSwitch } from './scheme-switch.tsx';
import { WorkspaceSwitch } from './workspace-switch.tsx';
import { useGoKeys } from './use-go-keys.ts';
import './shell.css';

const HEADER_PX = 56;
const NAVBAR_PX = 210;

/** The frame around every page: menu, workspace, whether we hear the server, and the way to a new post. */
export const Shell = () => {
  const { t } = useTranslation();
  const [isOpen, { toggle, close }] = useDisclosure();
  const { pathname } = useLocation();
  useEffect(close, [pathname, close]);
  useGoKeys();
  return (
    <AppShell
      header={{ height: HEADER_PX }}
      navbar={{ width: NAVBAR_PX, breakpoint: 'sm', collapsed: { mobile: !isOpen } }}
      padding="md"
    >
      <a className="skip-link" href="#content">
        {t('shell.skip')}
      </a>
      <AppShell.Header>
        <Group h="100%" px="md" justify="space-between" wrap="nowrap">
          <Group gap="sm" wrap="nowrap">
            <Burger opened={isOpen} onClick={toggle} hiddenFrom="sm" size="sm" aria-label={t('shell.menu')} />
            <img src="/favicon.svg" width={26} height={26} alt="" />
            <Text fw={700} visibleFrom="xs">
              Perennial
            </Text>
            <WorkspaceSwitch />
          </Group>
          <Group gap="xs" wrap="nowrap">
            <LiveBadge />
            <Button
              component={Link}
              to="/compose"
              size="xs"
              leftSection={<IconPlus size={16} aria-hidden />}
              visibleFrom="xs"
            >
              {t('shell.newPost')}
            </Button>
            <SchemeSwitch />
            <AccountMenu />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="xs" aria-label={t('shell.pages')}>
        <PageLinks />
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1}>
        <Outlet />
      </AppShell.Main>
    </AppShell>
  );
};
