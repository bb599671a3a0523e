import * as z from 'zod';
import { type PersonId, personId } from '../../shared/contracts/common.ts';
import type { TenantId } from '../../shared/contracts/id.ts';
import type { WaiverId } from '../../shared/contracts/policy.ts';
import { signature, waiver, waiverWithText } from '../../shared/contracts/waivers.ts';
import type { RawItem } from '../../shared/table/conditions.ts';
import { type Key, keys } from '../../shared/table/keys.ts';
import { parsedItem } from '../../shared/table/read.ts';
import { missingOf, type SignedVersions } from './rules.ts';

/** `WAIVERS / WAIVER#<id>`: a waiver as it stands, without its text, so that a check-in reads little. */
export const waiverItem = waiver;

/** `WAIVERS#<id> / VERSION#<n>`: one version with its text. Never changed, never deleted: somebody has signed it. */
export const waiverTextItem = waiverWithText.extend({ publishedBy: personId });

/** Each version signed is an attribute of its own, so that one update adds it and none is ever replaced. */
export const versionAttribute = (version: number): string => `v${version}`;

/** `SIGNED#<person> / WAIVER#<id>` */
export const signedItem = z.preprocess(
  (item) => {
    const raw = item as RawItem;
    const versions = Object.entries(raw).filter(([name]) => /^v\d+$/.test(name));
    return { ...raw, versions: Object.fromEntries(versions.map(([name, value]) => [name.slice(1), value])) };
  },
  z.object({ waiverId: z.string(), versions: z.record(z.string(), signature) }),
);

/** What must be read to know whether a person has signed these waivers: for batch reads of other modules, see {@link missingFrom}. */
export const missingKeys = (tenantId: TenantId, personId: PersonId, waiverIds: readonly WaiverId[]): Key[] =>
  waiverIds.flatMap((waiverId) => [
    keys.waivers.waiver(tenantId, waiverId),
    keys.waivers.signature(tenantId, personId, waiverId),
  ]);

/** The waivers among the items of {@link missingKeys} that are not signed in their current version. One that is not published asks nothing. */
export function missingFrom(items: readonly (RawItem | undefined)[]) {
  const pairs = items.flatMap((head, index) => {
    if (index % 2 === 1 || !head) return [];
    const signed = items[index + 1];
    const versions: SignedVersions = signed ? parsedItem(signedItem, signed).versions : {};
    return [{ waiver: parsedItem(waiverItem, head), signed: versions }];
  });
  return missingOf(pairs);
}
