import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ImportOptions } from '../../../import/import-folder.ts';
import { tenants } from '../../support/tenants.ts';

/** The sheets of a small city that is right in every row. */
export const goodSheets = {
  centers: `id,name,nameEn,district,kind,address,addressEn,services
yuhu,玉湖新城邻里中心,Yuhu,荔城区,concentrated,某路1号,1 Some Road,childcare|leisure
mulan,木兰社区邻里中心,Mulan,仙游县,completed,某街2号,2 Some Street,childcare`,
  opening: `center,weekdays,opensAt,closesAt
yuhu,1-5,08:00,21:00
yuhu,6-7,09:00,18:00
mulan,1-5,09:00,12:00
mulan,1-5,14:00,20:00`,
  exceptions: `center,date,opensAt,closesAt,note,noteEn
yuhu,2026-03-05,,,检修,repairs`,
  calendar: `date,kind,name,nameEn,source
2026-03-11,holiday,城市节日,City day,a test`,
  rooms: `id,name,nameEn,floor,seats,areaSquareMeters,equipment,equipmentEn,bookable,bufferBeforeMinutes,bufferAfterMinutes,maxMinutesPerBooking
yuhu.room-201,教室一,Classroom 1,2F,40,70.5,白板|投影,Whiteboard|Projector,yes,0,15,180`,
  operators: `id,name,nameEn,services
shiguang,拾光学堂,Shiguang,childcare|leisure`,
  whitelist: `operator,center,services,priceCeilingFen,validFrom,validUntil,status,since
shiguang,yuhu,childcare,5000,2026-01-01,2026-12-31,active,2026-01-01`,
  offerings: `id,service,title,titleEn,minAgeYears,maxAgeYears,grossPriceFen,residentPriceFen,fundingMode
yuhu.center.four-thirty,childcare,四点半课堂,Four-thirty class,6,12,2000,0,welfare
yuhu.shiguang.art,childcare,少儿美术,Art for children,6,12,3500,3500,market`,
  sessions: `offering,weekdays,startsAt,endsAt,capacity,room,from,weeks
yuhu.center.four-thirty,1-5,16:30,18:00,40,yuhu.room-201,2026-03-02,2
yuhu.shiguang.art,6,10:00,11:30,20,,this-week,2`,
  people: `code,name,birthDate,phone,card,district,household,role,actsFor,posts
mother,林晚晴,1988-04-16,,,荔城区,lin,adult,child,center-staff:yuhu
child,林小满,2017-05-21,,,荔城区,lin,child,,`,
};

export type Sheets = Partial<Record<keyof typeof goodSheets | (string & {}), string | Uint8Array>>;

/** Writes sheets into a folder of their own. */
export async function folderOf(sheets: Sheets): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'linli-sheets-'));
  for (const [name, content] of Object.entries(sheets)) await writeFile(join(folder, `${name}.csv`), content ?? '');
  return folder;
}

/** A Monday, two months after the whitelist begins. */
export const importedAt = new Date('2026-03-02T01:00:00Z');

export const optionsFor = (facts: Partial<ImportOptions> = {}): ImportOptions => ({
  tenantId: tenants()[0],
  now: importedAt,
  strict: false,
  progress: () => {},
  ...facts,
});
