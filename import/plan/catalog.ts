import type { CalendarYearItem, CenterItem, WeeklyHours } from '../../functions/centers/index.ts';
import { operatorOfferingItem } from '../../functions/operators/index.ts';
import type { Localized } from '../../shared/contracts/common.ts';
import type { TenantId } from '../../shared/contracts/id.ts';
import { condition } from '../../shared/table/conditions.ts';
import { centerOf, keys } from '../../shared/table/keys.ts';
import { type Complain, complainer } from '../sheets/complain.ts';
import type { SheetProblem } from '../sheets/problems.ts';
import type { Row, Rows } from '../sheets/sheets.ts';
import type { City, Put } from './city.ts';
import { planCityRules } from './city-rules.ts';
import { planPolicies } from './policies.ts';

const both = (zh: string, en: string): Localized => ({ zh, en });

type Stretch = { readonly opensAt: string; readonly closesAt: string };

/** Adds a stretch to a day's hours, in order. False when it ends before it starts, or overlaps another. */
function added(hours: readonly Stretch[], stretch: Stretch): Stretch[] | 'ends' | 'overlap' {
  if (stretch.closesAt <= stretch.opensAt) return 'ends';
  if (hours.some(({ opensAt, closesAt }) => stretch.opensAt < closesAt && opensAt < stretch.closesAt)) return 'overlap';
  return [...hours, stretch].sort((a, b) => (a.opensAt < b.opensAt ? -1 : 1));
}

/** Hours of the week by center. A center that the sheet names gets exactly the hours of the sheet; others keep theirs. */
function weeklyByCenter(rows: readonly Row<'opening'>[], known: (id: string) => boolean, complain: Complain) {
  const byCenter = new Map<string, WeeklyHours>();
  for (const { line, row } of rows) {
    if (!known(row.center)) {
      complain(line, 'center', 'unknown-center', row.center);
      continue;
    }
    const weekly = byCenter.get(row.center) ?? {};
    byCenter.set(row.center, weekly);
    for (const weekday of row.weekdays) {
      const at = String(weekday) as keyof WeeklyHours;
      const hours = added(weekly[at] ?? [], row);
      if (typeof hours === 'string') complain(line, 'closesAt', hours, `${row.center} ${weekday}`);
      else weekly[at] = hours.map(({ opensAt, closesAt }) => ({ opensAt, closesAt }));
    }
  }
  return byCenter;
}

function exceptionsByCenter(rows: readonly Row<'exceptions'>[], known: (id: string) => boolean, complain: Complain) {
  const byCenter = new Map<string, CenterItem['exceptions']>();
  for (const { line, row } of rows) {
    const { center, date, opensAt, closesAt, note, noteEn } = row;
    if (!known(center)) complain(line, 'center', 'unknown-center', center);
    else if ((opensAt === undefined) !== (closesAt === undefined)) complain(line, 'closesAt', 'both-times');
    else {
      const days = byCenter.get(center) ?? {};
      byCenter.set(center, days);
      const before = days[date]?.hours ?? [];
      const hours = opensAt && closesAt ? added(before, { opensAt, closesAt }) : before;
      if (typeof hours === 'string') complain(line, 'closesAt', hours, `${center} ${date}`);
      else days[date] = { hours, ...(note ? { note: both(note, noteEn ?? note) } : {}) };
    }
  }
  return byCenter;
}

/**
 * A center's exceptions. What it declared for other dates stays: an import adds exceptions and replaces those of its own dates. On a day
 * that a closure shuts, the sheet's word waits until the closure is lifted.
 */
function daysOf(
  stored: CenterItem | undefined,
  fromSheet: CenterItem['exceptions'],
): Pick<CenterItem, 'exceptions' | 'shut'> {
  const exceptions = { ...stored?.exceptions };
  const shut = { ...stored?.shut };
  for (const [date, exception] of Object.entries(fromSheet)) {
    const closed = shut[date];
    if (closed) shut[date] = { ...closed, was: exception };
    else exceptions[date] = exception;
  }
  return stored?.shut ? { exceptions, shut } : { exceptions };
}

function planCenters(city: City, rows: Rows, problems: SheetProblem[]): void {
  const facts = new Map(rows.centers.map(({ row }) => [row.id, row]));
  const known = (id: string) => facts.has(id) || city.centers.has(id);
  const weekly = weeklyByCenter(rows.opening, known, complainer(problems, 'opening'));
  const exceptions = exceptionsByCenter(rows.exceptions, known, complainer(problems, 'exceptions'));
  for (const centerId of new Set([...facts.keys(), ...weekly.keys(), ...exceptions.keys()])) {
    const stored = city.centers.get(centerId);
    const row = facts.get(centerId);
    const own = row
      ? {
          centerId,
          name: both(row.name, row.nameEn),
          district: row.district,
          kind: row.kind,
          address: both(row.address, row.addressEn),
          sample: row.sample,
          ...(row.phone ? { phone: row.phone } : {}),
          services: row.services,
          zone: row.zone,
        }
      : stored;
    if (!own) continue;
    city.centers.set(centerId, {
      ...own,
      weekly: weekly.get(centerId) ?? stored?.weekly ?? {},
      ...daysOf(stored, exceptions.get(centerId) ?? {}),
    });
  }
}

function planCalendar(city: City, rows: Rows): void {
  for (const { row } of rows.calendar) {
    const year = row.date.slice(0, 4);
    const stored: CalendarYearItem = city.calendar.get(year) ?? { year, days: {} };
    const day = { kind: row.kind, name: both(row.name, row.nameEn), source: row.source };
    city.calendar.set(year, { year, days: { ...stored.days, [row.date]: day } });
  }
}

function planRooms(city: City, rows: Rows, complain: Complain): void {
  for (const { line, row } of rows.rooms) {
    const { id: roomId, name, nameEn, floor, areaSquareMeters, equipment, equipmentEn, ...rest } = row;
    const centerId = centerOf(roomId);
    if (!city.centers.has(centerId)) complain(line, 'id', 'unknown-center', centerId);
    else if (equipment.length !== equipmentEn.length) complain(line, 'equipmentEn', 'as-many');
    else {
      city.rooms.set(roomId, {
        roomId,
        centerId,
        name: both(name, nameEn),
        ...(floor ? { floor } : {}),
        ...(areaSquareMeters === undefined ? {} : { areaSquareMeters }),
        equipment: equipment.map((zh, index) => both(zh, equipmentEn[index] ?? zh)),
        ...rest,
      });
    }
  }
}

function planOperators(city: City, rows: Rows): void {
  for (const { row } of rows.operators) {
    const { id: operatorId, name, nameEn, services, status, sample } = row;
    city.operators.set(operatorId, { operatorId, name: both(name, nameEn), services, status, sample });
  }
}

function planWhitelist(city: City, tenantId: TenantId, rows: Rows, complain: Complain): Put[] {
  return rows.whitelist.flatMap(({ line, row }) => {
    const { operator, center, priceCeilingFen, ...rest } = row;
    if (!city.operators.has(operator)) complain(line, 'operator', 'unknown-operator', operator);
    else if (!city.centers.has(center)) complain(line, 'center', 'unknown-center', center);
    else if (row.validUntil < row.validFrom) complain(line, 'validUntil', 'ends', row.validUntil);
    else {
      const ceiling = priceCeilingFen === undefined ? {} : { priceCeilingFen };
      const item = { operatorId: operator, centerId: center, ...ceiling, ...rest };
      return [{ key: keys.operators.whitelistEntry(tenantId, operator, center), item }];
    }
    return [];
  });
}

function planOfferings(city: City, rows: Rows, complain: Complain): void {
  for (const { line, row } of rows.offerings) {
    const { id: offeringId, title, titleEn, description, descriptionEn, minAgeYears, maxAgeYears, ...rest } = row;
    const [centerId = '', providerId = ''] = offeringId.split('.');
    const stored = city.offerings.get(offeringId);
    const center = city.centers.get(centerId);
    const operator = providerId === 'center' ? undefined : city.operators.get(providerId);
    if (!center) complain(line, 'id', 'unknown-center', centerId);
    else if (providerId !== 'center' && !operator) complain(line, 'id', 'unknown-operator', providerId);
    else if (minAgeYears !== undefined && maxAgeYears !== undefined && maxAgeYears < minAgeYears) {
      complain(line, 'maxAgeYears', 'ends', String(maxAgeYears));
    } else {
      city.offerings.set(offeringId, {
        offeringId,
        centerId,
        providerId,
        ...(operator ? { operatorId: providerId } : {}),
        providerName: operator?.name ?? center.name,
        title: both(title, titleEn),
        ...(description ? { description: both(description, descriptionEn ?? description) } : {}),
        ...(minAgeYears === undefined ? {} : { minAgeYears }),
        ...(maxAgeYears === undefined ? {} : { maxAgeYears }),
        ...rest,
        // Rules come in a sheet of their own.
        ...(stored?.policy ? { policy: stored.policy } : {}),
      });
    }
  }
}

/** A center is put whole: on the condition that no closure has shut or opened a day of it since it was read. */
const asRead = (shut: CenterItem['shut']): Pick<Put, 'conditions' | 'values'> =>
  shut
    ? { conditions: [condition('days shut as read', 'shut = :shut')], values: { ':shut': shut } }
    : { conditions: [condition('no days shut, as read', 'attribute_not_exists(shut)')] };

/**
 * Adds the rows to the catalog as it stands (`city` becomes what it will be) and gives every item of it. Rows that refer to what is in
 * neither are reported.
 */
export function planCatalog(city: City, tenantId: TenantId, rows: Rows, problems: SheetProblem[]): Put[] {
  const shut = new Map([...city.centers].map(([centerId, center]) => [centerId, center.shut]));
  planCenters(city, rows, problems);
  planCalendar(city, rows);
  planRooms(city, rows, complainer(problems, 'rooms'));
  planOperators(city, rows);
  const whitelist = planWhitelist(city, tenantId, rows, complainer(problems, 'whitelist'));
  planOfferings(city, rows, complainer(problems, 'offerings'));
  planPolicies(city, rows, complainer(problems, 'policies'));
  const rules = planCityRules(city, tenantId, rows, (name) => complainer(problems, name));
  const offered = [...city.offerings.values()];
  return [
    ...[...city.calendar.values()].map((item) => ({ key: keys.centers.calendarYear(tenantId, item.year), item })),
    ...[...city.operators.values()].map((item) => ({ key: keys.operators.operator(tenantId, item.operatorId), item })),
    ...whitelist,
    ...rules,
    ...offered.flatMap(({ operatorId, offeringId }) =>
      operatorId === undefined
        ? []
        : [
            {
              key: keys.operators.offering(tenantId, operatorId, offeringId),
              item: operatorOfferingItem.parse({ offeringId }),
            },
          ],
    ),
    ...[...city.rooms.values()].map((item) => ({ key: keys.centers.room(tenantId, item.roomId), item })),
    ...offered.map((item) => ({ key: keys.centers.offering(tenantId, item.offeringId), item })),
    ...[...city.centers.values()].map((item) => ({
      key: keys.centers.center(tenantId, item.centerId),
      item,
      ...asRead(shut.get(item.centerId)),
    })),
  ];
}
