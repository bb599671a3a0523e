/**
 * What the request at hand has cost so far. One environment serves one event at a time, so one module-level meter is enough;
 * the pipeline resets it at the start of each event.
 */
export type TableUse = { calls: number; readUnits: number; writeUnits: number };

let use: TableUse = { calls: 0, readUnits: 0, writeUnits: 0 };

export function resetTableUse(): void {
  use = { calls: 0, readUnits: 0, writeUnits: 0 };
}

export const tableUse = (): TableUse => ({ ...use });

type Consumed = {
  CapacityUnits?: number | undefined;
  ReadCapacityUnits?: number | undefined;
  WriteCapacityUnits?: number | undefined;
};

/** Adds one call and what it consumed. A call that does not say how it splits counts wholly as `kind`. */
export function recordUse(kind: 'read' | 'write', consumed: Consumed | readonly Consumed[] | undefined): void {
  use.calls += 1;
  for (const one of Array.isArray(consumed) ? consumed : consumed ? [consumed] : []) {
    const total = one.CapacityUnits ?? 0;
    if (kind === 'read') use.readUnits += total;
    else use.writeUnits += total;
  }
}
