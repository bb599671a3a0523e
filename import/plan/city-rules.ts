import { usualRules } from '../../shared/booking/items/city-rules.ts';
import { type CityRules, cityRules, type FairUseRule, fairUseRule } from '../../shared/contracts/city-rules.ts';
import type { TenantId } from '../../shared/contracts/id.ts';
import { type PassKind, passKind } from '../../shared/contracts/passes.ts';
import { canonicalJson } from '../../shared/kernel/ids.ts';
import { keys } from '../../shared/table/keys.ts';
import type { Complain } from '../sheets/complain.ts';
import type { Row, Rows } from '../sheets/sheets.ts';
import type { City, Put } from './city.ts';

function ruleOf({ line, row }: Row<'fair-use'>, complain: Complain): FairUseRule | undefined {
  const { id, title, titleEn, kind, service, offerings, beyondPerHourFen, ...rest } = row;
  const of = { kind, ...(service ? { service } : {}), ...(offerings.length > 0 ? { offeringIds: offerings } : {}) };
  const beyond = beyondPerHourFen === undefined ? 'refuse' : { pricePerHourFen: beyondPerHourFen };
  const result = fairUseRule.safeParse({ ruleId: id, title: { zh: title, en: titleEn }, of, beyond, ...rest });
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  complain(line, issue?.path[0] === 'beyond' ? 'beyondPerHourFen' : String(issue?.path[0] ?? 'id'), 'rule');
  return undefined;
}

function kindOf({ line, row }: Row<'pass-kinds'>, complain: Complain): PassKind | undefined {
  const { id, title, titleEn, parts, ...rest } = row;
  const kind = { kindId: id, title: { zh: title, en: titleEn }, ...rest, ...(parts ? { parts } : {}) };
  const result = passKind.safeParse(kind);
  if (result.success) return result.data;
  complain(line, String(result.error.issues[0]?.path[0] ?? 'id'), 'parts');
  return undefined;
}

/** The rows take the place of those of the same id; the others stay. */
function merged<T>(stored: readonly T[], rows: readonly T[], idOf: (one: T) => string): T[] {
  const ids = new Set(rows.map(idOf));
  return [...stored.filter((one) => !ids.has(idOf(one))), ...rows];
}

/** Fair use, groups and kinds of pass, as they will be. Nothing is put where no sheet says anything. */
export function planCityRules(
  city: City,
  tenantId: TenantId,
  rows: Rows,
  complainAbout: (name: 'fair-use' | 'pass-kinds') => Complain,
): Put[] {
  const fairUse = rows['fair-use'].flatMap((row) => ruleOf(row, complainAbout('fair-use')) ?? []);
  const kinds = rows['pass-kinds'].flatMap((row) => kindOf(row, complainAbout('pass-kinds')) ?? []);
  const groups = rows.groups.map(({ row }) => ({ groupId: row.id, title: { zh: row.title, en: row.titleEn } }));
  const puts: Put[] = [];
  if (fairUse.length + groups.length > 0) {
    const stored: CityRules = city.rules ?? usualRules;
    const next = {
      ...stored,
      fairUse: merged(stored.fairUse, fairUse, ({ ruleId }) => ruleId),
      groups: merged(stored.groups, groups, ({ groupId }) => groupId),
    };
    const item = cityRules.parse(next);
    // Another version only for other content: who has read the old one does not write over it.
    const version = canonicalJson(item) === canonicalJson(stored) ? stored.version : stored.version + 1;
    puts.push({ key: keys.rules.city(tenantId), item: { is: 'city-rules', ...item, version } });
  }
  if (kinds.length > 0) {
    const stored = city.passKinds ?? { kinds: [], version: 0 };
    const next = merged(stored.kinds, kinds, ({ kindId }) => kindId);
    const version = canonicalJson(next) === canonicalJson(stored.kinds) ? stored.version : stored.version + 1;
    puts.push({ key: keys.rules.passKinds(tenantId), item: { is: 'pass-kinds', kinds: next, version } });
  }
  return puts;
}
