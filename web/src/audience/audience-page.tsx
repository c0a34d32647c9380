import { useTranslation } from 'react-i18next';
import { useSession } from '../access/session.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { PageFrame } from '../ui/page-frame.tsx';
import { SectionedPage } from '../ui/sectioned-page.tsx';
import { SECTIONS } from './sections.ts';

/** Subscribers' addresses are the owners': other roles are told so. */
export default function AudiencePage() {
  const { t } = useTranslation();
  const { may } = useSession();
  if (!may('audience:read'))
    return (
      <PageFrame title={t('page.audience')}>
        <EmptyState what={t('audience.ownersOnly')} />
      </PageFrame>
    );
  const sections = SECTIONS.map(({ name, View }) => ({ name, View, title: t(`audience.section.${name}`) }));
  return <SectionedPage title={t('page.audience')} base="/audience" sections={sections} />;
}
