import iconv from 'iconv-lite';
import { describe, expect, test } from 'vitest';
import { problemLine, rules } from '../../../import/sheets/problems.ts';
import { readFolder } from '../../../import/sheets/read-folder.ts';
import { folderOf, goodSheets, type Sheets } from './folder.ts';

const read = async (sheets: Sheets) => readFolder(await folderOf(sheets));
const linesOf = async (sheets: Sheets) => (await read(sheets)).problems.map(problemLine);
const centersWith = (row: string): Sheets => ({ centers: `${goodSheets.centers}\n${row}` });
const { zh, en } = rules.choice;

describe('a sheet is read', () => {
  test.each([
    ['UTF-8', Buffer.from(goodSheets.centers)],
    ['UTF-8 with a byte order mark', Buffer.from(`\uFEFF${goodSheets.centers}`)],
    ['GB18030, as spreadsheet programs write it', iconv.encode(goodSheets.centers, 'gb18030')],
    ['Windows line ends', Buffer.from(goodSheets.centers.replaceAll('\n', '\r\n'))],
  ])('in %s', async (_, bytes) => {
    const { rows, problems } = await read({ centers: bytes });
    expect(problems).toEqual([]);
    expect(rows.centers.map(({ row }) => row.name)).toEqual(['玉湖新城邻里中心', '木兰社区邻里中心']);
  });

  test('with a Chinese header and columns in any order', async () => {
    const { rows, problems } = await read({ opening: '关门,开门,星期,中心\n21:00,08:00,1-5,yuhu' });
    expect(problems).toEqual([]);
    const row = { center: 'yuhu', weekdays: [1, 2, 3, 4, 5], opensAt: '08:00', closesAt: '21:00' };
    expect(rows.opening).toEqual([{ line: 2, row }]);
  });

  test('passing over remarks and empty lines', async () => {
    const { rows, problems } = await read({ opening: `# 示例\n${goodSheets.opening}\n\n,,,\n# end` });
    expect(problems).toEqual([]);
    expect(rows.opening.map(({ line }) => line)).toEqual([3, 4, 5, 6]);
  });
});

describe('what is wrong is told by file, line, column and rule', () => {
  test('a value that is not allowed, in Chinese and English', async () => {
    const row = 'kuokou,阔口,Kuokou,鼓楼区,concentrated,路,Road,childcare';
    expect(await linesOf(centersWith(row))).toEqual([`centers.csv:4:district [choice] ${zh} / ${en}: 鼓楼区`]);
  });

  test.each([
    [
      'a cell that must be filled in',
      ',阔口,Kuokou,荔城区,concentrated,路,Road,childcare',
      'centers.csv:4:id [missing]',
    ],
    ['an id with capitals', 'Kuokou,阔口,K,荔城区,concentrated,路,Road,childcare', 'centers.csv:4:id [id]'],
    [
      'a row with a cell too many',
      'kuokou,阔口,K,荔城区,concentrated,路,Road,childcare,x',
      'centers.csv:4 [broken-row]',
    ],
    ['a row that repeats an id', 'yuhu,又一个,Y,荔城区,concentrated,路,Road,food', 'centers.csv:4 [duplicate]'],
  ])('%s', async (_, row, start) => {
    const lines = await linesOf(centersWith(row));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain(start);
  });

  test('every bad cell of a row at once', async () => {
    const lines = await linesOf({
      rooms: `${goodSheets.rooms}\nyuhu.room-202,教室二,Classroom 2,2F,many,-1,,,maybe,10,15,180`,
    });
    expect(lines.map((line) => line.slice(0, line.indexOf(']') + 1))).toEqual([
      'rooms.csv:3:seats [whole]',
      'rooms.csv:3:areaSquareMeters [number]',
      'rooms.csv:3:bookable [yes-no]',
      'rooms.csv:3:bufferBeforeMinutes [quarters]',
    ]);
  });

  test('a date that no calendar has, a time off the quarter-hour, weekdays beyond Sunday', async () => {
    const { problems } = await read({
      exceptions: 'center,date,opensAt,closesAt\nyuhu,2026-02-30,08:10,12:00',
      opening: 'center,weekdays,opensAt,closesAt\nyuhu,5-8,08:00,12:00',
    });
    expect(problems.map(({ file, column, rule }) => [file, column, rule])).toEqual([
      ['opening.csv', 'weekdays', 'weekdays'],
      ['exceptions.csv', 'date', 'date'],
      ['exceptions.csv', 'opensAt', 'time'],
    ]);
  });

  test('a missing column once, and an unknown one by its name', async () => {
    const { rows, problems } = await read({ opening: 'center,weekdays,opensAt,shutsAt\nyuhu,1,08:00,12:00' });
    expect(problems.map(({ line, column, rule }) => [line, column, rule])).toEqual([
      [1, 'shutsAt', 'unknown-column'],
      [1, 'closesAt', 'missing-column'],
    ]);
    expect(rows.opening).toEqual([]);
  });

  test('a file of another name, and a file that is no text', async () => {
    const { problems } = await read({ center: 'id\nyuhu', rooms: Uint8Array.of(0x69, 0x64, 0x0a, 0xff, 0xff) });
    expect(problems.map(({ file, rule }) => [file, rule])).toEqual([
      ['center.csv', 'unknown-file'],
      ['rooms.csv', 'encoding'],
    ]);
  });

  test('a phone or card number never by its digits', async () => {
    const lines = await linesOf({
      people: 'code,name,phone,card\na,林一,12345,\nb,林二,,350399201705210017',
    });
    expect(lines.map((line) => line.slice(0, line.indexOf(']') + 1))).toEqual([
      'people.csv:2:phone [phone]',
      'people.csv:3:card [card]',
    ]);
    expect(lines.join()).not.toMatch(/12345|350399/);
  });
});
