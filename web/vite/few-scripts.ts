import react from '@vitejs/plugin-react';
import { build, type Plugin, type Rolldown } from 'vite';

/** A set of modules that are in one script, because the same screens need them or because loading them together is cheaper. */
type Parcel = { readonly modules: string[]; readonly pages: Set<string>; readonly uses: Set<Parcel>; bytes: number };

/** What a request costs beside its bytes, in bytes that could have come in the meantime. */
const REQUEST_BYTES = 1_500;
/** The scripts of a page beside the first ones and its own. */
const MOST_PARCELS = 3;

/** Whatever the first page loads: what comes from packages changes seldom and is the same in both languages, so it is a file of its own. */
const firstGroups = [
  { name: 'packages', tags: ['$initial'], test: /\/node_modules\// },
  { name: 'first', tags: ['$initial'] },
] satisfies Rolldown.CodeSplittingGroup[];

/**
 * Left alone, the bundler makes a script for every set of screens that shares a module: each page loads no byte too many, and up to
 * fifty scripts. This plugin lets it do so once, without writing anything, then puts scripts together, always the two for which it costs
 * the least, until no page needs more than {@link MOST_PARCELS} of them beside its own.
 */
export function fewScripts(root: string): Plugin {
  // Vite asks once for each language.
  let planned: Promise<Map<string, string>> | undefined;
  return {
    name: 'few-scripts',
    apply: 'build',
    async config({ build: wanted }) {
      if (wanted?.lib) return undefined;
      planned ??= buildOnce(root).then((chunks) => namesOf(joinParcels(parcelsOf(chunks))));
      const named = await planned;
      const shared = {
        debugName: 'shared',
        name: (id: string) => named.get(id) ?? null,
        // What a module of a parcel needs is in the same parcel or in another one: the plan has a place for everything.
        includeDependenciesRecursively: false,
      };
      return { build: { rolldownOptions: { output: { codeSplitting: { groups: [...firstGroups, shared] } } } } };
    },
  };
}

async function buildOnce(root: string): Promise<Rolldown.OutputChunk[]> {
  const built = await build({
    root,
    configFile: false,
    publicDir: false,
    logLevel: 'error',
    plugins: [react()],
    build: {
      write: false,
      modulePreload: false,
      rolldownOptions: { output: { codeSplitting: { groups: firstGroups } } },
    },
  });
  const output = [built].flat().flatMap((one) => ('output' in one ? one.output : []));
  return output.filter((it) => it.type === 'chunk');
}

/** The scripts that several screens load, with the scripts of theirs that they import themselves. */
function parcelsOf(chunks: readonly Rolldown.OutputChunk[]): Parcel[] {
  const byName = new Map(chunks.map((chunk) => [chunk.fileName, chunk]));
  const reach = (name: string, seen = new Set<string>()): Set<string> => {
    if (seen.has(name)) return seen;
    seen.add(name);
    for (const next of byName.get(name)?.imports ?? []) reach(next, seen);
    return seen;
  };
  const entry = chunks.find(({ isEntry }) => isEntry);
  const first = reach(entry?.fileName ?? '');
  const screens = chunks.filter(({ isDynamicEntry, fileName }) => isDynamicEntry && !first.has(fileName));
  const imported = new Set(chunks.flatMap(({ imports }) => imports));
  const own = new Set(screens.map(({ fileName }) => fileName).filter((name) => !imported.has(name)));
  const parcels = new Map<string, Parcel>();
  for (const { fileName, moduleIds, code } of chunks)
    if (!first.has(fileName) && !own.has(fileName))
      parcels.set(fileName, { modules: [...moduleIds], pages: new Set(), uses: new Set(), bytes: code.length / 3 });
  for (const { fileName } of screens) for (const name of reach(fileName)) parcels.get(name)?.pages.add(fileName);
  for (const [name, parcel] of parcels)
    for (const next of byName.get(name)?.imports ?? []) {
      const used = parcels.get(next);
      if (used) parcel.uses.add(used);
    }
  return [...parcels.values()].filter(({ modules }) => modules.length > 0);
}

/** Whether `from` needs `to` by way of a third parcel: were the two one, they and the third would need each other. */
function needsByAnother(from: Parcel, to: Parcel): boolean {
  const seen = new Set<Parcel>([from, to]);
  const left = [...from.uses].filter((it) => it !== to);
  for (let it = left.pop(); it; it = left.pop()) {
    if (it.uses.has(to)) return true;
    if (seen.has(it)) continue;
    seen.add(it);
    left.push(...it.uses);
  }
  return false;
}

/** Residents come by phone and by far the most often: a byte of theirs counts for more than one of the offices'. */
const OFTEN = /^(center|session|room|rooms-week|booking|bookings|checkout|order|sign-in|household)-screen-/;
/** Whoever has signed in loads it on every page. */
const ALWAYS = /^account-menu-/;

function weightOf(fileName: string): number {
  const name = fileName.replace('assets/', '');
  if (ALWAYS.test(name)) return 30;
  return OFTEN.test(name) ? 4 : 1;
}

/** What all pages load more, in bytes by their weight, when these two are one script. */
function costOf(a: Parcel, b: Parcel): number {
  let cost = 0;
  for (const page of a.pages) cost += weightOf(page) * (b.pages.has(page) ? -REQUEST_BYTES : b.bytes);
  for (const page of b.pages) if (!a.pages.has(page)) cost += weightOf(page) * a.bytes;
  return cost;
}

type Pair = { readonly a: Parcel; readonly b: Parcel; readonly cost: number };
const pairOf = (a: Parcel, b: Parcel): Pair => ({ a, b, cost: costOf(a, b) });
const has = (pair: Pair, parcel: Parcel): boolean => pair.a === parcel || pair.b === parcel;

/** Puts the cheapest two together until no page has too many, and no more of that would make a page lighter. */
function joinParcels(given: readonly Parcel[]): Parcel[] {
  const parcels = new Set(given);
  let pairs = given.flatMap((a, at) => given.slice(at + 1).map((b) => pairOf(a, b)));
  for (;;) {
    const loads = new Map<string, number>();
    for (const { pages } of parcels) for (const page of pages) loads.set(page, (loads.get(page) ?? 0) + 1);
    const isCrowded = ({ a, b }: Pair) =>
      [...a.pages].some((page) => b.pages.has(page) && (loads.get(page) ?? 0) > MOST_PARCELS);
    const next = pairs
      .sort((one, other) => one.cost - other.cost)
      .find(
        (pair) =>
          (pair.cost < 0 || isCrowded(pair)) && !needsByAnother(pair.a, pair.b) && !needsByAnother(pair.b, pair.a),
      );
    if (!next) return [...parcels];
    const { a, b } = next;
    a.modules.push(...b.modules);
    a.bytes += b.bytes;
    for (const page of b.pages) a.pages.add(page);
    for (const used of b.uses) a.uses.add(used);
    parcels.delete(b);
    for (const other of parcels) if (other.uses.delete(b)) other.uses.add(a);
    a.uses.delete(a);
    pairs = pairs.filter((pair) => !has(pair, a) && !has(pair, b));
    for (const other of parcels) if (other !== a) pairs.push(pairOf(a, other));
  }
}

/** The script of each module of the parcels. */
const namesOf = (parcels: readonly Parcel[]): Map<string, string> =>
  new Map(parcels.flatMap(({ modules }, index) => modules.map((id) => [id, `shared-${index}`])));
