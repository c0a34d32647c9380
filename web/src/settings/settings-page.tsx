import { useTranslation } from 'react-i18next';
import { SectionedPage } from '../ui/sectioned-page.tsx';
import { SECTIONS } from './sections.ts';

export default function SettingsPage() {
  const { t } = useTranslation();
  const sections = SECTIONS.map(({ name, ...section }) => ({ ...section, name, title: t(`settings.section.${name}`) }));
  return <SectionedPage title={t('page.settings')} base="/settings" sections={sections} />;
}
