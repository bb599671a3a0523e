import { createTheme, type MantineColorsTuple } from '@mantine/core';

/** Mulan river: the color of everything one can act on. Shade 7 on paper has a contrast of 7.6. */
const river: MantineColorsTuple = [
  '#eef6f4',
  '#dcebe8',
  '#b7d6d1',
  '#8dbdb7',
  '#5f9f99',
  '#3b837e',
  '#246b67',
  '#175a58',
  '#114846',
  '#0b3534',
];

/** Lychee: what must not be overlooked, and nothing else. */
const lychee: MantineColorsTuple = [
  '#fdf1ef',
  '#f9dfdb',
  '#f0bdb6',
  '#e5948b',
  '#d76b61',
  '#c44d44',
  '#b03a33',
  '#962c27',
  '#7b221f',
  '#5f1917',
];

/** Paper and ink instead of Mantine's cold gray. Shade 6 is the lightest that may carry text on paper (5.6). */
const gray: MantineColorsTuple = [
  '#faf7f0',
  '#f3eee3',
  '#e6dfd0',
  '#d6cdbb',
  '#b7ae9c',
  '#8f8676',
  '#665e50',
  '#514a3f',
  '#3a352d',
  '#26231e',
];

const sans =
  '"PingFang SC", "HarmonyOS Sans SC", "MiSans", "Noto Sans CJK SC", "Noto Sans SC", "Microsoft YaHei", system-ui, sans-serif';
/** Song faces for the brand and page titles, only where a good one is installed; else the sans stack. */
const song = `"Songti SC", "Noto Serif CJK SC", "Source Han Serif SC", "Noto Serif SC", ${sans}`;

export const theme = createTheme({
  colors: { river, lychee, gray },
  primaryColor: 'river',
  primaryShade: 7,
  white: '#ffffff',
  black: '#22302f',
  fontFamily: sans,
  headings: {
    fontFamily: song,
    fontWeight: '700',
    sizes: {
      h1: { fontSize: '1.75rem', lineHeight: '1.3' },
      h2: { fontSize: '1.25rem', lineHeight: '1.4' },
      h3: { fontSize: '1.0625rem', lineHeight: '1.5' },
    },
  },
  lineHeights: { xs: '1.5', sm: '1.55', md: '1.65', lg: '1.65', xl: '1.65' },
  defaultRadius: 'md',
  radius: { xs: '0.25rem', sm: '0.5rem', md: '0.75rem', lg: '1rem', xl: '1.5rem' },
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Button: { defaultProps: { size: 'md', radius: 'md' } },
    ActionIcon: { defaultProps: { size: 44, variant: 'subtle' } },
    TextInput: { defaultProps: { size: 'md' } },
    // Arrow keys and typing change a number; its arrows would be too small for a thumb.
    NumberInput: { defaultProps: { size: 'md', hideControls: true } },
    NativeSelect: { defaultProps: { size: 'md' } },
    DateInput: { defaultProps: { size: 'md' } },
    Checkbox: { defaultProps: { size: 'md' } },
    Radio: { defaultProps: { size: 'md' } },
    Anchor: { defaultProps: { underline: 'always' } },
    Badge: { defaultProps: { radius: 'sm', tt: 'none', fw: 600 } },
    Alert: { defaultProps: { radius: 'md' } },
  },
});
