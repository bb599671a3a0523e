/**
 * The clock that every rule is given. On a developer's machine `LINLI_CLOCK` moves it: `<ISO instant>@<epoch ms of when it was set>`;
 * time runs on from there. Nothing else honors the variable: without `LINLI_LOCAL` it is ignored.
 */
export function clockNow(): Date {
  const moved = process.env['LINLI_LOCAL'] === '1' ? process.env['LINLI_CLOCK'] : undefined;
  if (!moved) return new Date();
  const [instant = '', setAtEpochMs = '0'] = moved.split('@');
  return new Date(Date.parse(instant) + (Date.now() - Number(setAtEpochMs)));
}

/** Whole seconds since 1970, the unit of the table's TTL attribute and of token claims. */
export const epochSeconds = (moment: Date): number => Math.floor(moment.getTime() / 1000);
