import { writeFile } from 'node:fs/promises';
import { residentIdCheckCharacter } from '../../shared/kernel/resident-id.ts';

/**
 * Writes `data/putian/people.csv`: two thousand invented residents, always the same ones. Given names are words for plants, birds and
 * weather; phones begin with 199000, cards with 350399, an area code that no place has. Run it again when the sheet's columns change:
 * `node import/sample/make-people.ts`.
 */
const RESIDENTS = 2_000;
const HOUSEHOLDS = 260;
const districts = ['荔城区', '城厢区', '涵江区', '秀屿区', '仙游县'];
const surnames = [...'林陈黄郑吴张李蔡杨许郭余刘方朱徐傅宋曾邱卓翁唐柯潘'];
const words =
  '青柠 芦苇 枇杷 龙眼 海棠 白鹭 星野 晚风 松果 荔枝 木棉 紫藤 橘灯 初雪 晨露 麦穗 石榴 云雀 山茶 竹影 银杏 江豚 蒲公 海盐 夏至 清泉 丹枫 雨巷 沙洲 归帆 南枝 微澜 杏花 榆钱 梧桐 听潮 苇杭 秋葵 桑叶 栀子 豌豆 青鸟 雪松 茉莉 潮生 明岛 芒种 谷雨 霜降 惊蛰 白露 小满 蓝鹊 翠微 曲溪 平沙 竹马 冬青 香樟 燕归 蜜柚 橄榄 薄荷 木槿 芙蕖 莲蓬 菱角 稻香 渔火 星槎'.split(
    ' ',
  );

/** A small generator with a fixed seed (mulberry32), so that the sheet never changes by itself. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
const random = randomFrom(20_260_214);
const below = (end: number): number => Math.floor(random() * end);
const between = (first: number, last: number): number => first + below(last - first + 1);
const pick = <T>(values: readonly T[]): T => values[below(values.length)] as T;
const two = (value: number): string => String(value).padStart(2, '0');

type Role = 'adult' | 'child' | 'elder';
type Person = {
  code: string;
  name: string;
  birthDate: string;
  phone?: string;
  card?: string;
  district: string;
  household?: string;
  role: Role;
  actsFor?: string[];
  posts?: string;
};

const bornBetween: Record<Role, readonly [number, number]> = {
  child: [2011, 2025],
  adult: [1968, 2006],
  elder: [1936, 1965],
};
let sequence = 0;

function cardOf(birthDate: string): string {
  sequence = (sequence % 999) + 1;
  const first17 = `350399${birthDate.replaceAll('-', '')}${String(sequence).padStart(3, '0')}`;
  return first17 + residentIdCheckCharacter(first17);
}

const used = new Set<string>();
function nameOf(surname: string): string {
  for (;;) {
    const name = surname + pick(words);
    if (!used.has(name) || used.size > 1_500) {
      used.add(name);
      return name;
    }
    surname = pick(surnames);
  }
}

let number = 0;
function invented(role: Role, facts: { surname?: string; district?: string; household?: string } = {}): Person {
  number += 1;
  const birthDate = `${between(...bornBetween[role])}-${two(between(1, 12))}-${two(between(1, 28))}`;
  const person: Person = {
    code: `r-${String(number).padStart(4, '0')}`,
    name: nameOf(facts.surname ?? pick(surnames)),
    birthDate,
    district: facts.district ?? pick(districts),
    role,
  };
  if (facts.household) person.household = facts.household;
  const phoneShare = { child: 0, adult: 0.55, elder: 0.3 }[role];
  if (random() < phoneShare) person.phone = `199000${10_000 + number}`;
  if (random() < 0.45) person.card = cardOf(birthDate);
  return person;
}

/** The people whom the README and the start page name; their codes and phones never change. */
const demo: Person[] = [
  {
    code: 'parent',
    name: '林晚晴',
    birthDate: '1988-04-16',
    phone: '19900000001',
    district: '荔城区',
    household: 'lin',
    role: 'adult',
    actsFor: ['child-nine', 'child-seven', 'toddler'],
  },
  {
    code: 'other-parent',
    name: '陈北辰',
    birthDate: '1986-09-02',
    phone: '19900000002',
    district: '荔城区',
    household: 'lin',
    role: 'adult',
    actsFor: ['child-nine', 'child-seven', 'toddler'],
  },
  {
    code: 'child-nine',
    name: '陈小满',
    birthDate: '2017-05-21',
    card: cardOf('2017-05-21'),
    district: '荔城区',
    household: 'lin',
    role: 'child',
  },
  {
    code: 'child-seven',
    name: '陈谷雨',
    birthDate: '2019-04-20',
    card: cardOf('2019-04-20'),
    district: '荔城区',
    household: 'lin',
    role: 'child',
  },
  {
    code: 'toddler',
    name: '陈初雪',
    birthDate: '2024-08-07',
    district: '荔城区',
    household: 'lin',
    role: 'child',
  },
  {
    code: 'elder',
    name: '黄松年',
    birthDate: '1949-10-08',
    phone: '19900000003',
    card: cardOf('1949-10-08'),
    district: '荔城区',
    household: 'huang',
    role: 'elder',
  },
  {
    code: 'elder-without-phone',
    name: '吴兰溪',
    birthDate: '1946-02-11',
    card: cardOf('1946-02-11'),
    district: '荔城区',
    household: 'huang',
    role: 'elder',
  },
  {
    code: 'proxy',
    name: '黄听澜',
    birthDate: '1978-12-01',
    phone: '19900000004',
    district: '城厢区',
    role: 'adult',
    actsFor: ['elder', 'elder-without-phone'],
  },
  {
    code: 'resident',
    name: '郑南枝',
    birthDate: '1995-07-30',
    phone: '19900000005',
    district: '荔城区',
    role: 'adult',
  },
  {
    code: 'staff-yuhu',
    name: '许清和',
    birthDate: '1992-03-18',
    phone: '19900000011',
    district: '荔城区',
    role: 'adult',
    posts: 'center-staff:yuhu',
  },
  {
    code: 'staff-mulan',
    name: '蔡远舟',
    birthDate: '1990-11-25',
    phone: '19900000012',
    district: '仙游县',
    role: 'adult',
    posts: 'center-staff:mulan',
  },
  {
    code: 'operator-staff',
    name: '方知夏',
    birthDate: '1993-06-09',
    phone: '19900000021',
    district: '荔城区',
    role: 'adult',
    posts: 'operator-staff:shiguang',
  },
  {
    code: 'elder-care-staff',
    name: '余暖阳',
    birthDate: '1985-01-14',
    phone: '19900000022',
    district: '荔城区',
    role: 'adult',
    posts: 'operator-staff:songling',
  },
  {
    code: 'officer-civil-affairs',
    name: '郭明远',
    birthDate: '1980-08-19',
    phone: '19900000031',
    district: '城厢区',
    role: 'adult',
    posts: 'bureau-officer:civil-affairs',
  },
  {
    code: 'officer-commerce',
    name: '宋时雨',
    birthDate: '1983-05-05',
    phone: '19900000032',
    district: '城厢区',
    role: 'adult',
    posts: 'bureau-officer:commerce',
  },
  {
    code: 'admin',
    name: '柯长风',
    birthDate: '1981-02-27',
    phone: '19900000041',
    district: '城厢区',
    role: 'adult',
    posts: 'platform-admin',
  },
];

/** One or two adults, one to three children, sometimes an elder. The adults are guardians of the children. */
function household(index: number): Person[] {
  const facts = { surname: pick(surnames), district: pick(districts), household: `home-${index}` };
  const children = Array.from({ length: pick([1, 1, 2, 2, 3]) }, () => invented('child', facts));
  const elders = random() < 0.3 ? [invented('elder', facts)] : [];
  const adults = Array.from({ length: pick([1, 2, 2]) }, () => invented('adult', facts));
  const [head] = adults;
  if (head) {
    head.phone ??= `199000${10_000 + Number(head.code.slice(2))}`;
    head.actsFor = [...children, ...elders].map(({ code }) => code);
  }
  return [...adults, ...children, ...elders];
}

const columns = [
  'code',
  'name',
  'birthDate',
  'phone',
  'card',
  'district',
  'household',
  'role',
  'actsFor',
  'posts',
] as const;
const lineOf = (person: Person): string =>
  columns.map((column) => (column === 'actsFor' ? (person.actsFor ?? []).join('|') : (person[column] ?? ''))).join(',');

const people = [...demo, ...Array.from({ length: HOUSEHOLDS }, (_, index) => household(index + 1)).flat()];
while (people.length < RESIDENTS) people.push(invented(random() < 0.4 ? 'elder' : 'adult'));

const remark = '# 示例数据，人物均为虚构 / sample data: every person is invented; made by import/sample/make-people.ts';
const target = new URL('../../data/putian/people.csv', import.meta.url);
await writeFile(target, `${[remark, columns.join(','), ...people.map(lineOf)].join('\n')}\n`);
