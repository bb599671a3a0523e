import { asSystem } from '../shared/access/authorize.ts';
import type { TenantId } from '../shared/contracts/id.ts';
import { again } from '../shared/kernel/again.ts';
import { isRefusal } from '../shared/kernel/refusal.ts';
import { planCatalog } from './plan/catalog.ts';
import { changeOf, readCity } from './plan/city.ts';
import { planPeople } from './plan/people.ts';
import { planSessions, type SessionStep, type StoredSessions, termsOf } from './plan/sessions.ts';
import { complainer } from './sheets/complain.ts';
import { inSheetOrder, type SheetProblem } from './sheets/problems.ts';
import { type Folder, readFolder } from './sheets/read-folder.ts';
import { findNewPeople, writePeople } from './write/people.ts';
import type { Progress } from './write/progress.ts';
import { readStoredSessions, writeSessions } from './write/sessions.ts';
import { writeGroups } from './write/store.ts';

export type ImportOptions = {
  readonly tenantId: TenantId;
  readonly now: Date;
  /** Write nothing when any row is bad. */
  readonly strict: boolean;
  readonly progress: Progress;
};

export type Count = { new: number; changed: number; same: number };

export type ImportReport = {
  readonly problems: readonly SheetProblem[];
  readonly written: boolean;
  readonly catalog: Count;
  readonly sessions: Count & { readonly closedDays: number };
  readonly people: Pick<Count, 'new' | 'same'>;
};

const count = (changes: readonly (keyof Count)[]): Count => {
  const of = (change: keyof Count) => changes.filter((one) => one === change).length;
  return { new: of('new'), changed: of('changed'), same: of('same') };
};

/**
 * Brings the sheets of a folder into a city: checks every row, then writes whatever is good (or, `strict`, nothing when anything is
 * bad). Ids follow from the sheets, so importing twice changes nothing; places that people have are never touched.
 */
export async function importFolder(folder: string, options: ImportOptions): Promise<ImportReport> {
  return importRows(await readFolder(folder), options);
}

const ROUNDS = 5;

/** The same with rows that have been read. */
export function importRows(folder: Folder, options: ImportOptions): Promise<ImportReport> {
  return again(
    ROUNDS,
    () => importOnce(folder, options),
    // Somebody has closed a day of a center since the catalog was read: then it is read again.
    (error) => isRefusal(error, 'changed-meanwhile'),
  );
}

async function importOnce(
  { rows, problems: found }: Folder,
  { tenantId, now, strict, progress }: ImportOptions,
): Promise<ImportReport> {
  const by = asSystem(tenantId, now);
  const problems = [...found];
  const city = await readCity(by);

  const planned = planCatalog(city, tenantId, rows, problems);
  const catalog = planned.map((put) => ({ put, change: changeOf(city, put) }));
  const { people, households } = planPeople(city, tenantId, now, rows.people, complainer(problems, 'people'));
  const { fresh, there } = await findNewPeople(by, people, complainer(problems, 'people'));
  const terms = termsOf(city, now, rows.sessions, complainer(problems, 'sessions'));
  const stored: StoredSessions = city.isNew
    ? { sessions: new Map(), roomDays: new Map(), closures: new Map() }
    : await readStoredSessions(by, terms);
  const { steps, skipped } = planSessions(city, terms, stored, complainer(problems, 'sessions'));

  const written = !strict || problems.length === 0;
  if (written) {
    const puts = catalog.filter(({ change }) => change !== 'same').map(({ put }) => [put]);
    await writeGroups(puts, (done) => progress('catalog', done, puts.length));
    const heard = (done: number, total: number) => progress('sessions', done, total);
    await writeSessions(by, steps, stored, heard, complainer(problems, 'sessions'));
    const toWrite = { everybody: people, fresh, households, cityIsNew: city.isNew };
    const met = (done: number) => progress('people', done, fresh.length);
    await writePeople(by, toWrite, met, complainer(problems, 'people'));
  }
  return {
    problems: inSheetOrder(problems),
    written,
    catalog: count(catalog.map(({ change }) => change)),
    sessions: { ...count(steps.map(({ change }: SessionStep) => change)), closedDays: skipped },
    people: { new: fresh.length, same: there },
  };
}
