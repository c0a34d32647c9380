import { MantineProvider, mergeThemeOverrides } from '@mantine/core';
import { type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { readableAsides, theme } from './theme.ts';

/** Our looks, a word on each cross that closes a window, and eyes beside passwords that a keyboard can press. */
export const Themed = ({ children }: { readonly children: ReactNode }) => {
  const { t } = useTranslation();
  const close = t('common.close');
  const show = t('common.showPassword');
  const worded = useMemo(() => {
    const defaultProps = { closeButtonProps: { 'aria-label': close } };
    const eye = { visibilityToggleButtonProps: { tabIndex: 0, 'aria-label': show } };
    const components = { Modal: { defaultProps }, Drawer: { defaultProps }, PasswordInput: { defaultProps: eye } };
    return mergeThemeOverrides(theme, { components });
  }, [close, show]);
  return (
    <MantineProvider theme={worded} cssVariablesResolver={readableAsides} defaultColorScheme="auto">
      {children}
    </MantineProvider>
  );
};
