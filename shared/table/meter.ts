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

type Consumed = { readonly CapacityUnits?: number | undefined };

/** Adds one call and what it consumed. */
export function recordUse(kind: 'read' | 'write', consumed: Consumed | readonly Consumed[] | undefined): void {
  use.calls += 1;
  const units = [consumed ?? []].flat().reduce((sum, { CapacityUnits = 0 }) => sum + CapacityUnits, 0);
  if (kind === 'read') use.readUnits += units;
  else use.writeUnits += units;
}
