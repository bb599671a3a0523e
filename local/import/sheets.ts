import * as z from 'zod';
import { centerKinds, fundingModes } from '../../shared/contracts/centers.ts';
import { service } from '../../shared/contracts/common.ts';
import { districts, memberRoles } from '../../shared/contracts/people.ts';
import * as cells from './cells.ts';

/**
 * The sheets of a city, in the order in which they build on each other. `schema` reads the cells of a row, `zh` names each column for
 * sheets with a Chinese header, `key` is what no two rows may share.
 */
type Sheet<S extends z.ZodObject> = {
  readonly schema: S;
  readonly zh: Readonly<Record<keyof z.infer<S> & string, string>>;
  readonly key: (row: z.output<S>) => string;
};
const sheet = <S extends z.ZodObject>(definition: Sheet<S>): Sheet<S> => definition;

const day = { note: cells.text(60).optional(), noteEn: cells.text(120).optional() };

export const sheets = {
  centers: sheet({
    schema: z.strictObject({
      id: cells.centerId,
      name: cells.text(40),
      nameEn: cells.text(80),
      district: cells.choice(districts),
      kind: cells.choice(centerKinds),
      address: cells.text(100),
      addressEn: cells.text(160),
      phone: cells.text(24).optional(),
      services: cells.services,
      zone: cells.zone.default('Asia/Shanghai'),
      sample: cells.yesNo.default(false),
    }),
    zh: {
      id: '编号',
      name: '名称',
      nameEn: '英文名称',
      district: '区县',
      kind: '类型',
      address: '地址',
      addressEn: '英文地址',
      phone: '电话',
      services: '服务',
      zone: '时区',
      sample: '示例',
    },
    key: ({ id }) => id,
  }),
  opening: sheet({
    schema: z.strictObject({
      center: cells.centerId,
      weekdays: cells.weekdays,
      opensAt: cells.time,
      closesAt: cells.time,
    }),
    zh: { center: '中心', weekdays: '星期', opensAt: '开门', closesAt: '关门' },
    key: ({ center, weekdays, opensAt }) => `${center} ${weekdays} ${opensAt}`,
  }),
  exceptions: sheet({
    schema: z.strictObject({
      center: cells.centerId,
      date: cells.date,
      opensAt: cells.time.optional(),
      closesAt: cells.time.optional(),
      ...day,
    }),
    zh: { center: '中心', date: '日期', opensAt: '开门', closesAt: '关门', note: '说明', noteEn: '英文说明' },
    key: ({ center, date, opensAt }) => `${center} ${date} ${opensAt ?? ''}`,
  }),
  calendar: sheet({
    schema: z.strictObject({
      date: cells.date,
      kind: cells.choice(['holiday', 'workday', 'regular']),
      name: cells.text(40),
      nameEn: cells.text(80),
      source: cells.text(200),
    }),
    zh: { date: '日期', kind: '类型', name: '名称', nameEn: '英文名称', source: '依据' },
    key: ({ date }) => date,
  }),
  rooms: sheet({
    schema: z.strictObject({
      id: cells.roomId,
      name: cells.text(40),
      nameEn: cells.text(80),
      floor: cells.text(20).optional(),
      seats: cells.whole,
      areaSquareMeters: cells.number.optional(),
      equipment: cells.names.default([]),
      equipmentEn: cells.names.default([]),
      bookable: cells.yesNo.default(true),
      bufferBeforeMinutes: cells.quarterMinutes.default(0),
      bufferAfterMinutes: cells.quarterMinutes.default(0),
      maxMinutesPerBooking: cells.quarterMinutes.default(120),
    }),
    zh: {
      id: '编号',
      name: '名称',
      nameEn: '英文名称',
      floor: '楼层',
      seats: '座位',
      areaSquareMeters: '面积',
      equipment: '设备',
      equipmentEn: '英文设备',
      bookable: '可预约',
      bufferBeforeMinutes: '前缓冲分钟',
      bufferAfterMinutes: '后缓冲分钟',
      maxMinutesPerBooking: '单次最长分钟',
    },
    key: ({ id }) => id,
  }),
  operators: sheet({
    schema: z.strictObject({
      id: cells.operatorId,
      name: cells.text(60),
      nameEn: cells.text(100),
      services: cells.services,
      status: cells.choice(['active', 'ended']).default('active'),
      sample: cells.yesNo.default(false),
    }),
    zh: { id: '编号', name: '名称', nameEn: '英文名称', services: '服务', status: '状态', sample: '示例' },
    key: ({ id }) => id,
  }),
  whitelist: sheet({
    schema: z.strictObject({
      operator: cells.operatorId,
      center: cells.centerId,
      services: cells.services,
      priceCeilingFen: cells.whole.optional(),
      validFrom: cells.date,
      validUntil: cells.date,
      status: cells.choice(['active', 'suspended', 'removed']),
      since: cells.date,
    }),
    zh: {
      operator: '机构',
      center: '中心',
      services: '服务',
      priceCeilingFen: '价格上限分',
      validFrom: '生效日期',
      validUntil: '截止日期',
      status: '状态',
      since: '状态起始',
    },
    key: ({ operator, center }) => `${operator} ${center}`,
  }),
  offerings: sheet({
    schema: z.strictObject({
      id: cells.offeringId,
      service: cells.choice(service.options),
      title: cells.text(60),
      titleEn: cells.text(100),
      description: cells.text(300).optional(),
      descriptionEn: cells.text(500).optional(),
      minAgeYears: cells.whole.optional(),
      maxAgeYears: cells.whole.optional(),
      grossPriceFen: cells.whole,
      residentPriceFen: cells.whole,
      fundingMode: cells.choice(fundingModes),
    }),
    zh: {
      id: '编号',
      service: '服务',
      title: '名称',
      titleEn: '英文名称',
      description: '说明',
      descriptionEn: '英文说明',
      minAgeYears: '最小年龄',
      maxAgeYears: '最大年龄',
      grossPriceFen: '全价分',
      residentPriceFen: '居民价分',
      fundingMode: '资金方式',
    },
    key: ({ id }) => id,
  }),
  sessions: sheet({
    schema: z.strictObject({
      offering: cells.offeringId,
      weekdays: cells.weekdays,
      startsAt: cells.time,
      endsAt: cells.time,
      capacity: cells.positive,
      room: cells.roomId.optional(),
      from: cells.firstDay,
      weeks: cells.positive,
    }),
    zh: {
      offering: '服务项目',
      weekdays: '星期',
      startsAt: '开始',
      endsAt: '结束',
      capacity: '名额',
      room: '场地',
      from: '起始日期',
      weeks: '周数',
    },
    key: ({ offering, weekdays, startsAt, from }) => `${offering} ${weekdays} ${startsAt} ${from}`,
  }),
  people: sheet({
    schema: z.strictObject({
      code: cells.code,
      name: cells.text(40),
      birthDate: cells.date.optional(),
      phone: cells.phone.optional(),
      card: cells.card.optional(),
      district: cells.choice(districts).optional(),
      household: cells.code.optional(),
      role: cells.choice(memberRoles).optional(),
      actsFor: cells.codes.default([]),
      posts: cells.posts.default([]),
    }),
    zh: {
      code: '编号',
      name: '姓名',
      birthDate: '出生日期',
      phone: '手机',
      card: '身份证号',
      district: '区县',
      household: '家庭',
      role: '角色',
      actsFor: '代办对象',
      posts: '职务',
    },
    key: ({ code }) => code,
  }),
  accounts: sheet({
    schema: z.strictObject({ person: cells.code, label: cells.text(60), labelEn: cells.text(100) }),
    zh: { person: '人员', label: '说明', labelEn: '英文说明' },
    key: ({ person }) => person,
  }),
} as const;

export type SheetName = keyof typeof sheets;
export const sheetNames = Object.keys(sheets) as SheetName[];

/** A good row, and where it stands. */
export type Row<N extends SheetName> = { readonly line: number; readonly row: z.output<(typeof sheets)[N]['schema']> };
export type Rows = { readonly [N in SheetName]: readonly Row<N>[] };
