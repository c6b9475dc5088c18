/** `system`: as the device is set. */
export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

const KEPT_AS = 'concord.theme';
const prefersDark = matchMedia('(prefers-color-scheme: dark)');

export function chosenTheme(): Theme {
  return THEMES.find((theme) => theme === localStorage.getItem(KEPT_AS)) ?? 'system';
}

export function chooseTheme(theme: Theme): void {
  localStorage.setItem(KEPT_AS, theme);
  show();
}

/** From now on the page follows what is chosen, and the device where nothing is. */
export function followTheme(): void {
  prefersDark.addEventListener('change', show);
  show();
}

function show(): void {
  const theme = chosenTheme();
  document.documentElement.dataset['theme'] = theme === 'system' ? (prefersDark.matches ? 'dark' : 'light') : theme;
}
