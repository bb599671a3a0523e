import { useCallback, useState } from 'react';

const storageKey = (name: string): string => `linli.draft.${name}`;

function restored<T extends object>(name: string, empty: T): T {
  try {
    const value: unknown = JSON.parse(sessionStorage.getItem(storageKey(name)) ?? 'null');
    return typeof value === 'object' && value !== null ? { ...empty, ...value } : empty;
  } catch {
    return empty;
  }
}

/**
 * State of a form that survives a lost connection, a reload and a detour through sign-in. Never for codes or card numbers: what is
 * in it lies readable in session storage until `clear`.
 */
export function useDraft<T extends object>(name: string, empty: T) {
  const [value, setValue] = useState<T>(() => restored(name, empty));
  const change = useCallback(
    (part: Partial<T>) => {
      setValue((before) => {
        const after = { ...before, ...part };
        sessionStorage.setItem(storageKey(name), JSON.stringify(after));
        return after;
      });
    },
    [name],
  );
  const clear = useCallback(() => {
    sessionStorage.removeItem(storageKey(name));
    setValue(empty);
  }, [name, empty]);
  return { value, change, clear };
}

/** Removes every draft and open intent, so that the next person at this screen finds none. */
export function clearSession(): void {
  for (const key of Object.keys(sessionStorage)) if (key.startsWith('linli.')) sessionStorage.removeItem(key);
}
