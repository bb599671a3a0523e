/**
 * Checks the draw of an allocation round from what is published, with nothing of Linli:
 *
 *   node scripts/verify-draw.mjs https://<city>/v1/rounds/<round>/publication
 *   node scripts/verify-draw.mjs saved.json          (one page, or a list of pages)
 *
 * Prints OK, or the first thing that differs and ends with 1. Written from the rule that the data carries, version 1.
 */
import { createHash, createHmac } from 'node:crypto';
import { readFile } from 'node:fs/promises';

const source = process.argv[2];
if (!source) fail('usage: node verify-draw.mjs <address of the publication, or a file>');

function fail(what) {
  console.error(what);
  process.exit(1);
}

/** Every page, from the address with its cursors or from the file. */
async function pages() {
  if (!/^https?:/.test(source)) return [JSON.parse(await readFile(source, 'utf8'))].flat();
  const all = [];
  let cursor;
  do {
    const address = new URL(source);
    if (cursor) address.searchParams.set('cursor', cursor);
    const answer = await fetch(address);
    if (!answer.ok) fail(`${address} answers ${answer.status}: ${await answer.text()}`);
    all.push(await answer.json());
    cursor = all.at(-1).nextCursor;
  } while (cursor);
  return all;
}

const sha256 = (data) => createHash('sha256').update(data).digest('hex');
const byCode = (a, b) => (a.code < b.code ? -1 : 1);

/** JSON with the keys of every object in order and no white space. */
function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const keys = Object.keys(value).sort();
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(',')}}`;
}

const all = await pages();
const [first] = all;
const { roundId, rule, seed, seedHash, groups, sessions, resultHash, applicationCount } = first;
const published = all.flatMap((page) => page.applications).sort(byCode);

// The list is whole, and every page says the same of the round.
for (const page of all) {
  for (const name of ['roundId', 'seed', 'seedHash', 'resultHash'])
    if (page[name] !== first[name]) fail(`the pages differ in ${name}`);
}
if (rule.version !== '1') fail(`this script knows rule 1, the round was drawn by rule ${rule.version}`);
if (published.length !== applicationCount)
  fail(`${applicationCount} applications announced, ${published.length} listed`);
const twice = published.find(({ code }, index) => code === published[index + 1]?.code);
if (twice) fail(`application ${twice.code} is listed twice`);

// Rule 4: the seed is the one whose hash was published at the opening.
if (sha256(Buffer.from(seed, 'hex')) !== seedHash) fail('the seed does not have the hash that was published');

// Rule 2: by group, those without one last; then by lot.
const key = Buffer.from(seed, 'hex');
const queue = published.map((row) => ({ row, lot: createHmac('sha256', key).update(row.code).digest('hex') }));
const rank = ({ row }) => row.group ?? groups.length + 1;
queue.sort((a, b) => rank(a) - rank(b) || (a.lot < b.lot ? -1 : 1));

// Rule 3: the first wish with places for all children of the application.
const left = new Map(sessions.map(({ number, places }) => [number, places]));
queue.forEach(({ row }, index) => {
  if (row.order !== index + 1) fail(`application ${row.code}: published as number ${row.order}, drawn as ${index + 1}`);
  const place = row.wishes.find((number) => left.get(number) >= row.size) ?? null;
  if (place !== null) left.set(place, left.get(place) - row.size);
  if (row.place !== place) fail(`application ${row.code}: published in session ${row.place}, drawn for ${place}`);
});

const plain = {
  roundId,
  rule: { version: rule.version, zh: rule.zh, en: rule.en },
  seed,
  seedHash,
  groups: groups.map(({ groupId, name }) => ({ groupId, name: { zh: name.zh, en: name.en } })),
  sessions: sessions.map(({ number, sessionId, places }) => ({ number, sessionId, places })),
  applications: published.map(({ code, group, size, wishes, order, place }) => ({
    code,
    group,
    size,
    wishes,
    order,
    place,
  })),
};
const hash = sha256(canonical(plain));
if (hash !== resultHash) fail(`the result hash is ${hash}, published was ${resultHash}`);

const placed = published.filter(({ place }) => place !== null).length;
console.log(`OK: ${published.length} applications, ${placed} with a place; result ${hash}`);
