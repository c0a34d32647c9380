import { NavLink } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { PAGES } from '../pages.ts';

const isUnder = (path: string, pathname: string): boolean =>
  path === '/' ? pathname === '/' : pathname === path || pathname.startsWith(`${path}/`);

export const PageLinks = () => {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  return PAGES.map(({ name, path, icon: Icon, key }) => (
    <NavLink
      key={name}
      component={Link}
      to={path}
      label={t(`page.${name}`)}
      leftSection={<Icon size={18} stroke={1.6} />}
      active={isUnder(path, pathname)}
      aria-current={isUnder(path, pathname) ? 'page' : undefined}
      aria-keyshortcuts={`g ${key}`}
    />
  ));
};
