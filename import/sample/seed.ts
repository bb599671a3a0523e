import * as z from 'zod';
import { asSystem } from '../../shared/access/authorize.ts';
import { isoDate, type Localized, localized } from '../../shared/contracts/common.ts';
import type { TenantId } from '../../shared/contracts/id.ts';
import { CIVIL_ZONE, civilNow, mondayOf } from '../../shared/kernel/days.ts';
import { keys } from '../../shared/table/keys.ts';
import { get } from '../../shared/table/read.ts';
import { put } from '../../shared/table/write.ts';
import { importRows } from '../import-folder.ts';
import { problemLine } from '../sheets/problems.ts';
import { type Folder, readFolder } from '../sheets/read-folder.ts';
import { progressLines } from '../write/progress.ts';
import { bookSample } from './bookings.ts';
import { openSampleRounds } from './rounds.ts';

/** `CALENDAR / IMPORT#SEED`: written when the sample is complete. */
const seededItem = z.object({ weekOf: isoDate, people: z.array(z.object({ label: localized, phone: z.string() })) });

export type SeedOptions = {
  readonly dataFolder: string;
  readonly tenantId: TenantId;
  readonly now: Date;
  /** Hears one line at a time. */
  readonly report: (line: string) => void;
};

/** Somebody of the sample who can sign in. */
export type SampleAccount = { readonly label: Localized; readonly phone: string };

function accountsOf({ rows }: Folder): SampleAccount[] {
  const phones = new Map(rows.people.map(({ row }) => [row.code, row.phone]));
  return rows.accounts.flatMap(({ row }) => {
    const phone = phones.get(row.person);
    return phone ? [{ label: { zh: row.label, en: row.labelEn }, phone }] : [];
  });
}

const nothing: Folder['rows'] = {
  centers: [],
  opening: [],
  exceptions: [],
  calendar: [],
  rooms: [],
  operators: [],
  whitelist: [],
  offerings: [],
  sessions: [],
  policies: [],
  'fair-use': [],
  groups: [],
  'pass-kinds': [],
  people: [],
  accounts: [],
};
const onlySessions = ({ rows, problems }: Folder): Folder => ({
  problems,
  rows: { ...nothing, sessions: rows.sessions },
});

/**
 * Brings the sample into a city that has none. The mark that says so is written last, so a seeding that was cut off is completed by the
 * next start. A city seeded in another week only gets the sessions of the weeks that have come since; whatever else was changed in
 * it stays. Reads `TABLE_NAME` and the key variables of a function's environment. Throws when the sample itself is faulty.
 */
export async function seedIfEmpty({
  dataFolder,
  tenantId,
  now,
  report,
}: SeedOptions): Promise<{ seeded: boolean; people: SampleAccount[] }> {
  const by = asSystem(tenantId, now);
  const weekOf = mondayOf(civilNow(now, CIVIL_ZONE).date);
  const before = await get(keys.centers.seeded(by.tenantId), seededItem);
  if (before?.weekOf === weekOf) return { seeded: false, people: before.people };
  const folder = await readFolder(dataFolder);
  const progress = progressLines(report);
  const result = await importRows(before ? onlySessions(folder) : folder, { tenantId, now, strict: false, progress });
  const [first] = result.problems;
  if (first && !before)
    throw new Error(`the sample has ${result.problems.length} bad rows, first: ${problemLine(first)}`);
  for (const problem of result.problems) report(problemLine(problem));
  if (!before) {
    await bookSample(by, folder, progress);
    await openSampleRounds(folder, { tenantId, now, progress });
  }
  const people = before?.people ?? accountsOf(folder);
  await put({ key: keys.centers.seeded(tenantId), item: { weekOf, people } });
  return { seeded: true, people };
}
