import { Grid, NavLink, Select } from '@mantine/core';
import type { ComponentType, LazyExoticComponent } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Navigate, Route, Routes, useLocation, useNavigate } from 'react-router';
import { useSession } from '../access/session.ts';
import { PageFrame } from './page-frame.tsx';
import { Suspended } from './suspended.tsx';

interface Section {
  readonly name: string;
  readonly title: string;
  readonly needs?: string;
  readonly View: LazyExoticComponent<ComponentType>;
}

interface SectionedPageProps {
  readonly title: string;
  /** Path of the page; sections lie under it. */
  readonly base: string;
  readonly sections: readonly Section[];
}

/** A page of many parts: a list of them beside the one that is open, on a phone a choice above it. */
export const SectionedPage = ({ title, base, sections }: SectionedPageProps) => {
  const { may } = useSession();
  const { pathname } = useLocation();
  const open = sections.filter(({ needs }) => needs === undefined || may(needs));
  const [first] = open;
  const current = open.find(({ name }) => `${pathname}/`.startsWith(`${base}/${name}/`)) ?? first;
  if (!current) return null;
  return (
    <PageFrame title={title}>
      <Grid gap="lg">
        <Grid.Col span={{ base: 12, md: 3, lg: 2 }}>
          <Menu base={base} title={title} sections={open} current={current} />
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 9, lg: 10 }} miw={0}>
          <Routes>
            {open.map(({ name, View }) => (
              <Route key={name} path={`${name}/*`} element={<Suspended View={View} />} />
            ))}
            <Route path="*" element={<Navigate to={`${base}/${current.name}`} replace />} />
          </Routes>
        </Grid.Col>
      </Grid>
    </PageFrame>
  );
};

interface MenuProps extends SectionedPageProps {
  readonly current: Section;
}

const Menu = ({ base, title, sections, current }: MenuProps) => {
  const { t } = useTranslation();
  const navigate = useNavigate();
  return (
    <>
      <nav aria-label={title}>
        {sections.map((section) => (
          <NavLink
            key={section.name}
            component={Link}
            to={`${base}/${section.name}`}
            label={section.title}
            active={section === current}
            aria-current={section === current ? 'page' : undefined}
            visibleFrom="md"
          />
        ))}
      </nav>
      <Select
        hiddenFrom="md"
        aria-label={t('common.section')}
        data={sections.map((section) => ({ value: section.name, label: section.title }))}
        value={current.name}
        allowDeselect={false}
        onChange={(name) => void navigate(`${base}/${name}`)}
      />
    </>
  );
};
