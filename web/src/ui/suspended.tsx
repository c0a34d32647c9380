import { Center, Loader } from '@mantine/core';
import { type ComponentType, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'react-router';
import { ErrorFrame } from './error-frame.tsx';

/** A page whose code is fetched when it is opened; one that breaks leaves the menu standing. */
export const Suspended = ({ View }: { readonly View: ComponentType }) => {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  return (
    <ErrorFrame at={pathname}>
      <Suspense
        fallback={
          <Center h="50vh">
            <Loader aria-label={t('common.loading')} />
          </Center>
        }
      >
        <View />
      </Suspense>
    </ErrorFrame>
  );
};
