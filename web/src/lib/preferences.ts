import { useSyncExternalStore } from 'react';

export type Language = 'zh' | 'en';
export const textSizes = ['standard', 'large', 'extra'] as const;
export type TextSize = (typeof textSizes)[number];

/** Size of 1 rem as a share of the browser's own setting; the largest is 18 points where the browser says 16 pixels. */
export const textScales: Record<TextSize, string> = { standard: '106.25%', large: '125%', extra: '150%' };

type Preferences = { readonly language: Language; readonly textSize: TextSize };
const STORAGE_KEY = 'linli.preferences';
const listeners = new Set<() => void>();

function stored(): Partial<Preferences> {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(STORAGE_KEY) ?? '{}');
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}

function initial(): Preferences {
  const { language, textSize } = stored();
  return {
    language: language === 'en' ? 'en' : 'zh',
    textSize: textSizes.find((size) => size === textSize) ?? 'standard',
  };
}

let current = initial();

function apply(): void {
  document.documentElement.lang = current.language === 'en' ? 'en' : 'zh-CN';
  document.documentElement.style.fontSize = textScales[current.textSize];
  document.documentElement.dataset['textSize'] = current.textSize;
}
apply();

export function setPreferences(change: Partial<Preferences>): void {
  current = { ...current, ...change };
  localStorage.setItem(STORAGE_KEY, JSON.stringify(current));
  apply();
  for (const listener of listeners) listener();
}

export const currentLanguage = (): Language => current.language;

export function usePreferences(): Preferences {
  const now = () => current;
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    now,
    now,
  );
}
