import { type CSSVariablesResolver, createTheme } from '@mantine/core';

const closing = { closeButtonProps: { 'aria-label': 'Tutup / Close' } };

/** White on teal 9 is 5.0 : 1, on the lighter shades less than AA asks. */
export const theme = createTheme({
  // The kit names the closing button of neither; a screen reader would say only "button".
  components: { Notification: { defaultProps: closing }, Modal: { defaultProps: closing } },
  primaryColor: 'teal',
  primaryShade: 9,
  fontFamily: 'system-ui, "Segoe UI", Roboto, sans-serif',
  defaultRadius: 'sm',
  cursorType: 'pointer',
  respectReducedMotion: true,
});

/** The kit's dimmed grey is 3.3 : 1 on white; ours is above 4.5 : 1 on every ground of the desk. */
export const colours: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#535a61',
    '--mantine-color-placeholder': '#5f666d',
    '--mantine-color-error': '#c92a2a',
    '--mantine-color-anchor': '#087f5b',
    '--desk-ground': '#f6f7f8',
    '--desk-panel': '#ffffff',
    '--desk-line': '#dde1e5',
    '--desk-chosen': '#e3f5ee',
    '--desk-mark': '#fff0b3',
    '--desk-bad': '#b42318',
    '--desk-bad-ground': '#fdecea',
    '--desk-warn': '#8a4b00',
    '--desk-warn-ground': '#fff3dc',
    '--desk-good': '#086046',
    '--desk-good-ground': '#e0f4ec',
    '--desk-plain': '#454c53',
    '--desk-plain-ground': '#eceff1',
  },
  dark: {
    '--mantine-color-dimmed': '#b4b9bf',
    '--mantine-color-placeholder': '#9da3a9',
    '--mantine-color-error': '#ff8787',
    '--mantine-color-anchor': '#63e6be',
    '--desk-ground': '#15171a',
    '--desk-panel': '#1d2024',
    '--desk-line': '#34393f',
    '--desk-chosen': '#14352b',
    '--desk-mark': '#5c4a00',
    '--desk-bad': '#ffb3ab',
    '--desk-bad-ground': '#44201d',
    '--desk-warn': '#ffd28a',
    '--desk-warn-ground': '#40300f',
    '--desk-good': '#8ce8c8',
    '--desk-good-ground': '#113a2d',
    '--desk-plain': '#d0d5da',
    '--desk-plain-ground': '#2c3137',
  },
});
