import { type RefObject, useEffect, useState } from 'react';

const STORAGE_KEY = 'linli.desk.slash-key';

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'));

/** `/` moves the focus to the field, unless one is typing or has switched the key off (WCAG 2.1.4). */
export function useSlashKey(field: RefObject<HTMLInputElement | null>) {
  const [on, setOn] = useState(() => localStorage.getItem(STORAGE_KEY) !== 'off');
  useEffect(() => {
    if (!on) return;
    const listen = (event: KeyboardEvent) => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      // A dialog keeps the focus to itself.
      if (document.querySelector('[role="dialog"]')) return;
      event.preventDefault();
      field.current?.focus();
      field.current?.select();
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, [on, field]);
  const change = (value: boolean) => {
    setOn(value);
    localStorage.setItem(STORAGE_KEY, value ? 'on' : 'off');
  };
  return { on, change };
}
