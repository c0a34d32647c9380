import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';

const leaf: MantineColorsTuple = [
  '#e6f8f1',
  '#d3ece2',
  '#a9d8c6',
  '#7cc3a8',
  '#56b18f',
  '#3da67f',
  '#2c9f76',
  '#17805c',
  '#0b7a5c',
  '#006a4b',
];

/** One green, system fonts (nothing is fetched), and contrast of 4.5 to 1 in both schemes. */
export const theme = createTheme({
  primaryColor: 'leaf',
  primaryShade: { light: 8, dark: 7 },
  colors: { leaf },
  autoContrast: true,
  respectReducedMotion: true,
  // Titles in the alert's own colour reach 2.7 to 1 (yellow); its icon and ground tell the colour.
  components: {
    Alert: { styles: { title: { color: 'var(--mantine-color-text)' } } },
    // White on a mid-tone is 3 to 1; the ground alone tells the colour.
    Badge: { defaultProps: { variant: 'light', c: 'var(--mantine-color-text)' } },
    // Words that fade from one colour to the other are hard to read meanwhile.
    SegmentedControl: { defaultProps: { transitionDuration: 0 } },
    // It is a bare span, whose label nobody would hear.
    Loader: { defaultProps: { role: 'status' } },
  },
  defaultRadius: 'md',
  cursorType: 'pointer',
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, sans-serif',
});

/** The library's own grey for asides and red for refusals have contrasts of 3.3 to 4.1 to 1: too little for WCAG AA. */
export const readableAsides: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': 'var(--mantine-color-gray-7)',
    '--mantine-color-error': 'var(--mantine-color-red-9)',
  },
  dark: {
    '--mantine-color-dimmed': 'var(--mantine-color-dark-1)',
    '--mantine-color-error': 'var(--mantine-color-red-4)',
  },
});
