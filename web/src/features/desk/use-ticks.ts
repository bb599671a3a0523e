import { useEffect, useState } from 'react';

/** Draws the screen again every so often, so that "now" and who is missing move on without any answer from the server. */
export function useTicks(everyMs: number): void {
  const [, tick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => tick((count) => count + 1), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
}
