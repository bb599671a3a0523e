import { expect } from 'vitest';
import { tableClient } from '../../shared/table/client.ts';

/** Does `work` with `action` in its midst: once, before its first call of `command` whose input holds `text`. */
export async function interrupted<T>(
  work: () => Promise<T>,
  at: { readonly command: string; readonly text: string },
  action: () => Promise<unknown>,
): Promise<T> {
  let met = false;
  tableClient().middlewareStack.add(
    (next, context) => async (args) => {
      if (!met && context['commandName'] === at.command && JSON.stringify(args.input).includes(at.text)) {
        met = true;
        await action();
      }
      return next(args);
    },
    { step: 'initialize', name: 'interrupting' },
  );
  try {
    return await work();
  } finally {
    tableClient().middlewareStack.remove('interrupting');
    expect(met, `a ${at.command} with ${at.text}`).toBe(true);
  }
}
