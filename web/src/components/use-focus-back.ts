import { useEffect } from 'react';

/**
 * Gives the focus back to where it was when a dialog opened, also where the dialog is taken away instead of closed: Mantine's own dialog
 * does so only when it is closed, and a keyboard would begin again at the top of the page.
 */
export function useFocusBack(opened: boolean): void {
  useEffect(() => {
    if (!opened) return undefined;
    const opener = document.activeElement;
    return () => {
      if (opener instanceof HTMLElement && opener.isConnected && document.activeElement === document.body)
        opener.focus();
    };
  }, [opened]);
}
