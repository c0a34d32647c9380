import { Button, Tabs } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link, Route, Routes, useLocation, useNavigate } from 'react-router';
import { PageFrame } from '../ui/page-frame.tsx';
import { EvergreenView } from './evergreen-view.tsx';
import { ImportTab } from './import-tab.tsx';
import { ImportView } from './import-view.tsx';
import { LabelsTab } from './labels-tab.tsx';
import { MediaTab } from './media-tab.tsx';
import { PostsTab } from './posts-tab.tsx';

const TABS = ['posts', 'media', 'import', 'labels'] as const;

const pathOf = (tab: string | null): string => (tab === 'posts' || tab === null ? '/library' : `/library/${tab}`);

export default function LibraryPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const tab = TABS.find((name) => pathname.startsWith(`/library/${name}`)) ?? 'posts';
  return (
    <PageFrame
      title={t('page.library')}
      actions={
        <Button component={Link} to="/compose" size="sm">
          {t('library.newPost')}
        </Button>
      }
    >
      <Tabs value={tab} onChange={(next) => void navigate(pathOf(next))} keepMounted={false}>
        <Tabs.List mb="md">
          {TABS.map((name) => (
            <Tabs.Tab key={name} value={name}>
              {t(`library.tab.${name}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={tab}>
          <Routes>
            <Route index element={<PostsTab />} />
            <Route path="posts/:postId" element={<EvergreenView />} />
            <Route path="media" element={<MediaTab />} />
            <Route path="import" element={<ImportTab />} />
            <Route path="import/:importId" element={<ImportView />} />
            <Route path="labels" element={<LabelsTab />} />
          </Routes>
        </Tabs.Panel>
      </Tabs>
    </PageFrame>
  );
}
