import { beforeEach, describe, expect, test } from 'vitest';
import { offeringItem, roomItem } from '../../../functions/centers/index.ts';
import { type ImportOptions, importFolder } from '../../../import/import-folder.ts';
import { cityRules } from '../../../shared/contracts/city-rules.ts';
import { passKindsAnswer } from '../../../shared/contracts/passes.ts';
import { keys } from '../../../shared/table/keys.ts';
import { get } from '../../../shared/table/read.ts';
import { folderOf, goodSheets, optionsFor, type Sheets } from './folder.ts';

const [tenantId] = [optionsFor().tenantId];
const header =
  'offering,bufferBeforeMinutes,bufferAfterMinutes,approvalHours,paymentMinutes,cancellation,minAgeMonths,districts,after,priorityGroup,priorityPlaces,priorityUntilHours,percentByChild,familyMostFen,waivers,passes';
const rulesHeader = 'id,title,titleEn,per,window,kind,unit,free,beyondPerHourFen,validFrom,source';
const imported = async (sheets: Sheets, facts: Partial<ImportOptions> = {}) =>
  importFolder(await folderOf({ ...goodSheets, ...sheets }), optionsFor(facts));
const told = ({
  problems,
}: {
  problems: readonly { file: string; line: number; column?: string | undefined; rule: string }[];
}) => problems.map(({ file, line, column, rule }) => `${file}:${line}:${column ?? ''} ${rule}`);
const offering = (id: string) => get(keys.centers.offering(tenantId, id), offeringItem);

describe('rules of offerings from a sheet', () => {
  beforeEach(async () => {
    await imported({});
  });

  test('become data of the offering; importing twice changes nothing, and offerings without a row keep theirs', async () => {
    const policies = `${header}
yuhu.shiguang.art,15,10,48,10,24:50|2:100,72,荔城区|城厢区,yuhu.center.four-thirty,low-income,4,24,100|50,6000,outing,art-ten`;
    expect((await imported({ policies })).problems).toEqual([]);
    expect((await offering('yuhu.shiguang.art'))?.policy).toEqual({
      buffers: { beforeMinutes: 15, afterMinutes: 10 },
      approval: { withinHours: 48 },
      payment: { withinMinutes: 10 },
      cancellation: [
        { underHours: 24, keepPercent: 50 },
        { underHours: 2, keepPercent: 100 },
      ],
      eligibility: {
        minAgeMonths: 72,
        districts: ['荔城区', '城厢区'],
        afterOfferingId: 'yuhu.center.four-thirty',
        priority: { group: 'low-income', places: 4, untilHoursBefore: 24 },
      },
      family: { percentByChild: [100, 50], mostFen: 6_000 },
      waivers: ['outing'],
      passes: ['art-ten'],
    });
    expect((await imported({ policies })).catalog).toMatchObject({ new: 0, changed: 0 });
    await imported({ policies: header });
    expect((await offering('yuhu.shiguang.art'))?.policy?.passes).toEqual(['art-ten']);
  });

  test('every bad row is named by file, line, column and rule', async () => {
    const policies = `${header}
yuhu.center.none,,,,,,,,,,,,,,,
yuhu.shiguang.art,soon,,,,24-50,,,,,,,120|50,,,
yuhu.center.four-thirty,,,,,,,,yuhu.center.none,low-income,4,,,,,`;
    const pairs = `${header}
yuhu.shiguang.art,,,,,,,,,low-income,,,,,,`;
    expect(told(await imported({ policies }))).toEqual([
      'policies.csv:2:offering unknown-offering',
      'policies.csv:3:bufferBeforeMinutes whole',
      'policies.csv:3:cancellation cancellation',
      'policies.csv:3:percentByChild percents',
      'policies.csv:4:after unknown-offering',
    ]);
    expect(told(await imported({ policies: pairs }))).toEqual(['policies.csv:2:priorityPlaces together']);
  });

  test('a resource other than a room has its kind', async () => {
    const rooms = `id,name,nameEn,seats,bookable,kind
yuhu.projector,投影仪,Projector,0,no,equipment
yuhu.room-201,教室一,Classroom 1,40,yes,`;
    expect((await imported({ rooms })).problems).toEqual([]);
    expect((await get(keys.centers.room(tenantId, 'yuhu.projector'), roomItem))?.kind).toBe('equipment');
    expect((await get(keys.centers.room(tenantId, 'yuhu.room-201'), roomItem))?.kind).toBe('room');
    const bad = await imported({ rooms: rooms.replace('equipment', 'robot') });
    expect(told(bad)).toEqual(['rooms.csv:2:kind choice']);
  });
});

describe('what the city sets for itself', () => {
  test('comes from sheets too: fair use with its source, groups, kinds of pass; rows of other ids stay', async () => {
    const sheets = {
      'fair-use': `${rulesHeader}
rooms-week,每周免费场地,Free rooms,person,week,room,hours,5,2000,2026-01-01,某办法
classes,每月课程,Classes,household,month,session,bookings,8,,2026-01-01,某办法`,
      groups: 'id,title,titleEn\nlow-income,低收入家庭,low-income families',
      'pass-kinds': 'id,title,titleEn,units,validDays,priceFen,parts\nten,十次卡,Ten,10,90,20000,4:8000:0|6:12000:30',
    };
    expect((await imported(sheets)).problems).toEqual([]);
    const rules = await get(keys.rules.city(tenantId), cityRules);
    expect(rules).toMatchObject({ version: 1, roomDaysAhead: 60, groups: [{ groupId: 'low-income' }] });
    expect(rules?.fairUse).toMatchObject([
      { ruleId: 'rooms-week', free: 5, beyond: { pricePerHourFen: 2_000 }, source: '某办法' },
      { ruleId: 'classes', beyond: 'refuse', of: { kind: 'session' } },
    ]);
    expect((await imported(sheets)).catalog).toMatchObject({ new: 0, changed: 0 });
    expect(await get(keys.rules.passKinds(tenantId), passKindsAnswer)).toMatchObject({
      version: 1,
      kinds: [{ units: 10 }],
    });
    const more = `${rulesHeader}\nclasses,每月课程,Classes,household,month,session,bookings,9,,2026-01-01,某办法`;
    await imported({ 'fair-use': more });
    const next = await get(keys.rules.city(tenantId), cityRules);
    expect([next?.version, next?.fairUse.map(({ ruleId, free }) => `${ruleId} ${free}`)]).toEqual([
      2,
      ['rooms-week 5', 'classes 9'],
    ]);
  });

  test('what does not fit together is told', async () => {
    const report = await imported({
      'fair-use': `${rulesHeader}\nclasses,课程,Classes,person,month,session,bookings,8,500,2026-01-01,某办法`,
      'pass-kinds': 'id,title,titleEn,units,validDays,priceFen,parts\nten,十次卡,Ten,10,90,20000,4:8000:0|5:12000:30',
    });
    expect(told(report)).toEqual(['fair-use.csv:2:beyondPerHourFen rule', 'pass-kinds.csv:2:parts parts']);
  });
});
