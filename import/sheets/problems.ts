/** What can be wrong with a sheet: rule → what a person reads. The rule's name is stable, so that tools can count and filter. */
export const rules = {
  // the file
  encoding: {
    zh: '文件编码既不是 UTF-8 也不是 GB18030，请在表格软件中另存为 UTF-8 CSV',
    en: 'neither UTF-8 nor GB18030; save the sheet as CSV UTF-8',
  },
  'unknown-file': { zh: '不认识的文件名', en: 'no sheet has this name' },
  'unknown-column': { zh: '不认识的列名', en: 'no column has this name' },
  'missing-column': { zh: '缺少此列', en: 'this column is missing' },
  'broken-row': { zh: '此行的引号或列数有误', en: 'quotes or number of columns are wrong in this row' },
  // one cell
  missing: { zh: '不能为空', en: 'must be filled in' },
  text: { zh: '文字太长或含有控制字符', en: 'too long, or contains control characters' },
  id: { zh: '编号格式不正确', en: 'is not a valid id' },
  date: { zh: '须为真实日期，格式 YYYY-MM-DD', en: 'must be a real date, YYYY-MM-DD' },
  'first-day': { zh: '须为日期 YYYY-MM-DD 或 this-week', en: 'must be a date YYYY-MM-DD, or this-week' },
  time: { zh: '须为整刻钟，格式 HH:MM', en: 'must lie on a quarter-hour, HH:MM' },
  whole: { zh: '须为不小于 0 的整数', en: 'must be a whole number, not negative' },
  positive: { zh: '须为大于 0 的整数', en: 'must be a whole number above 0' },
  number: { zh: '须为数字', en: 'must be a number' },
  quarters: { zh: '须为 15 的倍数', en: 'must be a multiple of 15' },
  choice: { zh: '不是允许的取值', en: 'is not one of the allowed values' },
  'yes-no': { zh: '须为 yes/no 或 是/否', en: 'must be yes or no' },
  weekdays: { zh: '须为 1 至 7，例如 1-5 或 1|3|6', en: 'must be 1 to 7, such as 1-5 or 1|3|6' },
  zone: { zh: '不是有效的时区名', en: 'is not a time zone' },
  phone: { zh: '手机号码格式不正确', en: 'is not a phone number' },
  card: { zh: '身份证号码有误', en: 'is not a valid resident ID number' },
  post: { zh: '职务须写作 center-staff:中心编号 等', en: 'must be a post such as center-staff:yuhu' },
  percents: { zh: '须为 0 至 100 的整数，例如 100|50', en: 'must be whole percents, such as 100|50' },
  cancellation: {
    zh: '须写作 小时:保留百分比，例如 24:50|2:100',
    en: 'must be hours:percent kept, such as 24:50|2:100',
  },
  parts: {
    zh: '须写作 次数:价格分:到期天数，且合计等于次数和价格，例如 4:8000:0|6:12000:30',
    en: 'must be units:fen:days and sum up to units and price, such as 4:8000:0|6:12000:30',
  },
  rule: { zh: '与规则的其他内容不符', en: 'does not fit the rest of the rule' },
  // cells together
  together: { zh: '须与另一列同时填写', en: 'fill in together with the other column' },
  ends: { zh: '须晚于开始', en: 'must be later than the start' },
  overlap: { zh: '与同一天的其他时段重叠', en: 'overlaps another stretch of the same day' },
  'both-times': { zh: '开始与结束须同时填写或同时留空', en: 'fill in both times or neither' },
  'as-many': { zh: '项数须与中文列相同', en: 'must list as many as the Chinese column' },
  duplicate: { zh: '与前面的行重复', en: 'repeats an earlier row' },
  'unknown-center': { zh: '没有这个中心', en: 'there is no such center' },
  'unknown-room': { zh: '没有这个场地', en: 'there is no such room' },
  'unknown-operator': { zh: '没有这个运营机构', en: 'there is no such operator' },
  'unknown-offering': { zh: '没有这个服务项目', en: 'there is no such offering' },
  'unknown-person': { zh: '人员表中没有这个编号', en: 'no row of people.csv has this code' },
  'other-center': { zh: '场地不属于该服务项目所在的中心', en: 'the room belongs to another center' },
  'birth-date-differs': { zh: '与身份证号码中的日期不符', en: 'differs from the date in the card number' },
  // against the city
  'outside-opening-hours': { zh: '不在该中心的开放时间内', en: 'outside the opening hours of the center' },
  'room-taken': { zh: '场地在此时段已被占用', en: 'the room is taken at that time' },
  closed: {
    zh: '已登记停用，先恢复开放再发布',
    en: 'closed by a closure: lift it before anything is published there',
  },
  'session-stands': {
    zh: '场次已存在，时间或场地不同，保持原样',
    en: 'the session exists with another end or room; it was left as it is',
  },
  'capacity-below-taken': {
    zh: '名额少于已预约人数，保持原样',
    en: 'fewer places than are taken; it was left as it is',
  },
  'phone-taken': { zh: '手机号码已属于另一人', en: 'this phone number belongs to somebody else' },
  'card-taken': { zh: '身份证号码已属于另一人', en: 'this card number belongs to somebody else' },
} as const satisfies Record<string, { zh: string; en: string }>;

export type Rule = keyof typeof rules;

export const isRule = (text: string): text is Rule => Object.hasOwn(rules, text);

/** One thing that is wrong, where a person finds it in the sheet: lines count from 1, the header included. */
export type SheetProblem = {
  readonly file: string;
  readonly line: number;
  readonly column?: string | undefined;
  readonly rule: Rule;
  /** The value at fault, or what it is about; never a phone or card number. */
  readonly about?: string | undefined;
};

/** `rooms.csv:12:seats [whole] 须为… / must be…: "x"` */
export function problemLine({ file, line, column, rule, about }: SheetProblem): string {
  const { zh, en } = rules[rule];
  const place = [file, line, ...(column ? [column] : [])].join(':');
  return `${place} [${rule}] ${zh} / ${en}${about ? `: ${about}` : ''}`;
}

/** By file, then line, in the order in which a person corrects them. */
export function inSheetOrder(problems: readonly SheetProblem[]): SheetProblem[] {
  return [...problems].sort((a, b) => (a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1));
}
