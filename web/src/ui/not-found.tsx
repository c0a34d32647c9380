import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { PageFrame } from './page-frame.tsx';

export default function NotFound() {
  const { t } = useTranslation();
  return (
    <PageFrame title={t('common.notFound')}>
      <Text>{t('common.notFoundWhat')}</Text>
    </PageFrame>
  );
}
