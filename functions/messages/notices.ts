import { yuanText } from '../../shared/kernel/money.ts';
import type { Message } from '../../shared/messages/message.ts';

/**
 * What we write by SMS, in the words of the templates that the gateway has approved: it is sent a template's id and the values
 * of `{1}`, `{2}`…, never a text of ours. A template is named `<kind>.<language>`; the ids that the gateway gave them are kept with
 * its credentials.
 */
type Language = Message['language'];

const texts: Readonly<Record<Message['kind'], Readonly<Record<Language, string>>>> = {
  'sign-in-code': {
    zh: '您的登录验证码是{1}，{2}分钟内有效。请勿告诉任何人。',
    en: 'Your sign-in code is {1}, valid for {2} minutes. Tell it to nobody.',
  },
  'booking-confirmed': {
    zh: '{1}已预约{2}：{3}，{4} {5}。预约码{6}，到场请出示。',
    en: '{1} has a place in {2}: {3}, {4} {5}. Show the code {6} when you come.',
  },
  'booking-canceled': {
    zh: '{1}的预约已取消：{2}，{3}，{4} {5}。',
    en: 'The booking of {1} is canceled: {2}, {3}, {4} {5}.',
  },
  'booking-refunded': {
    zh: '{1}的预约已取消：{2}，{3}，{4} {5}。退还{6}元，按取消规则收取{7}元。',
    en: 'The booking of {1} is canceled: {2}, {3}, {4} {5}. ¥{6} come back, ¥{7} are kept by the cancellation rule.',
  },
  'order-confirmed': {
    zh: '{1}的{2}项预约已全部成功：{3}，最早一场{4} {5}，共{6}元。各场预约码见“我的预约”。',
    en: '{2} bookings for {1} are made: {3}, the first on {4} at {5}, ¥{6} in all. Their codes are under “My bookings”.',
  },
  'order-canceled': {
    zh: '{1}的{2}项预约已取消：{3}，最早一场{4} {5}。',
    en: '{2} bookings for {1} are canceled: {3}, the first on {4} at {5}.',
  },
  'order-lapsed': {
    zh: '{1}的{2}项保留已到期，名额已释放：{3}，最早一场{4} {5}。如仍需要请重新预约。',
    en: 'The hold of {2} places for {1} has run out: {3}, the first on {4} at {5}. Book again if you still need them.',
  },
  'order-offered': {
    zh: '候补有空位了：{1}共{2}个名额，{3}，{4} {5}。请在{6}前登录“我的预约”确认，过时将给下一位。',
    en: 'There are {2} places for {1}: {3}, {4} {5}. Confirm them under “My bookings” before {6}, or the next in line gets them.',
  },
  'booking-lapsed': {
    zh: '{1}的保留已到期，名额已释放：{2}，{3}，{4} {5}。如仍需要请重新预约。',
    en: 'The hold for {1} has run out: {2}, {3}, {4} {5}. Book again if you still need it.',
  },
  'place-offered': {
    zh: '候补有空位了：{1}，{2}，{3}，{4} {5}。请在{6}前登录“我的预约”确认，过时将给下一位。',
    en: 'A place is free for {1}: {2}, {3}, {4} {5}. Confirm it under “My bookings” before {6}, or the next in line gets it.',
  },
  'closure-offered': {
    zh: '{1}的“{2}”（{3}）因{4}不能进行，请见谅。已另留{9}个名额：{5}，{6}。请在{7}前登录“我的预约”确认；不确认则全额退回{8}元。',
    en: '{2} for {1} ({3}) cannot take place: {4}. Kept instead, {9} in all: {5}, {6}. Accept under “My bookings” before {7}; otherwise ¥{8} come back.',
  },
  'closure-offered-apart': {
    zh: '{1}的“{2}”（{3}）因{4}不能进行，请见谅。附近没有能一起去的同类名额，已为{1}单独留：{5}，{6}。请在{7}前登录“我的预约”确认；不确认则全额退回{8}元。',
    en: '{2} for {1} ({3}) cannot take place: {4}. No such place nearby has room for all of you; kept for {1} alone: {5}, {6}. Accept under “My bookings” before {7}; otherwise ¥{8} come back.',
  },
  'closure-refunded': {
    zh: '{1}的“{2}”（{3}）因{4}取消，请见谅。附近暂无同类名额，全额退回{5}元。',
    en: '{2} for {1} ({3}) is canceled: {4}. There is no such place nearby, so ¥{5} come back.',
  },
  'round-placed': {
    zh: '“{1}”抽签结果：{2}。已为您预约，预约码见“我的预约”；不能来请尽早取消。',
    en: 'The draw “{1}”: {2}. It is booked; the code is under “My bookings”. Cancel early if you cannot come.',
  },
  'round-partly-placed': {
    zh: '“{1}”抽签结果：{2}。{3}没有排上。剩余名额先到先得，满员的可以候补，原因与场次见“抽签分配”。',
    en: 'The draw “{1}”: {2}. No place for {3}. What is left is first come, first served; where it is full you can wait in line. See it under “Draws”.',
  },
  'round-unplaced': {
    zh: '“{1}”抽签结果：{2}没有排上。剩余名额先到先得，满员的可以候补，原因与场次见“抽签分配”。',
    en: 'The draw “{1}”: no place for {2}. What is left is first come, first served; where it is full you can wait in line. See it under “Draws”.',
  },
  'closure-line-ended': {
    zh: '{1}候补的“{2}”（{3}）因{4}不能进行，请见谅。候补已结束，不再递补。',
    en: '{2} ({3}), for which {1} waited, cannot take place: {4}. You no longer wait for it.',
  },
  'invitation-received': {
    zh: '{1}通过邻里中心向您发出邀请，请登录后在“我的家庭”中查看，接受或拒绝，{2}天内有效。',
    en: '{1} has sent you an invitation through the neighborhood centers; sign in and answer it under “Household” within {2} days.',
  },
};

/** An SMS is short: the first titles of an order, and that there are more. */
const TITLES_SAID = 2;

export type TemplateCall = { readonly template: string; readonly parameters: readonly string[] };

/** The template of a message and the values of its places, in order. */
export function templateCallFor(message: Message): TemplateCall {
  return { template: `${message.kind}.${message.language}`, parameters: parametersOf(message) };
}

type Called = Extract<Message, { kind: 'closure-line-ended' }>['called'];

/** For whom, what and when it was, and why it is off. */
const calledOff = ({ beneficiaryNames, title, date, startsAt, reason }: Called, language: Language): string[] => [
  beneficiaryNames.join(language === 'zh' ? '、' : ', '),
  title,
  `${date} ${startsAt}`,
  reason,
];

function parametersOf(message: Message): string[] {
  switch (message.kind) {
    case 'sign-in-code':
      return [message.code, String(message.minutes)];
    case 'booking-confirmed':
    case 'booking-lapsed':
    case 'place-offered':
    case 'booking-refunded':
    case 'booking-canceled': {
      const { beneficiaryName, title, centerName, date, startsAt, shortCode, until = '' } = message.booking;
      const said = [beneficiaryName, title, centerName, date, startsAt];
      if (message.kind === 'place-offered') return [...said, until];
      if (message.kind === 'booking-refunded') return [...said, yuanText(message.refundFen), yuanText(message.keptFen)];
      return message.kind === 'booking-confirmed' ? [...said, shortCode] : said;
    }
    case 'order-canceled':
    case 'order-lapsed':
    case 'order-offered':
    case 'order-confirmed': {
      const { beneficiaryNames, count, titles, date, startsAt, totalFen, until = '' } = message.order;
      const [mark, more] = message.language === 'zh' ? ['、', '等'] : [', ', ' and more'];
      const said = titles.slice(0, TITLES_SAID).join(mark) + (titles.length > TITLES_SAID ? more : '');
      const all = [beneficiaryNames.join(mark), String(count), said, date, startsAt];
      if (message.kind === 'order-offered') return [...all, until];
      return message.kind === 'order-confirmed' ? [...all, yuanText(totalFen)] : all;
    }
    case 'closure-line-ended':
      return calledOff(message.called, message.language);
    case 'closure-refunded':
      return [...calledOff(message.closed, message.language), yuanText(message.closed.refundFen)];
    case 'closure-offered':
    case 'closure-offered-apart': {
      const { closed, place, language } = message;
      const kept = [`${place.centerName} ${place.title}`, `${place.date} ${place.startsAt}`, place.until];
      const said = [...calledOff(closed, language), ...kept, yuanText(closed.refundFen)];
      return message.kind === 'closure-offered' ? [...said, String(closed.beneficiaryNames.length)] : said;
    }
    case 'round-placed':
    case 'round-partly-placed':
    case 'round-unplaced':
      return roundParameters(message);
    case 'invitation-received':
      return [message.inviterName, String(message.days)];
  }
}

function roundParameters({
  kind,
  language,
  round: { title, places, without },
}: Extract<Message, { kind: 'round-placed' | 'round-partly-placed' | 'round-unplaced' }>): string[] {
  const mark = language === 'zh' ? '、' : ', ';
  const said = places.map(
    ({ names, title: what, centerName, date, startsAt }) =>
      `${names.join(mark)} ${what} ${centerName} ${date} ${startsAt}`,
  );
  const none = without.join(mark);
  if (kind === 'round-unplaced') return [title, none];
  const placed = said.join(language === 'zh' ? '；' : '; ');
  return kind === 'round-placed' ? [title, placed] : [title, placed, none];
}

const isKind = (text: string): text is Message['kind'] => text in texts;

/** The text a person reads, `undefined` for a template that is not ours. */
export function textOf(template: string, parameters: readonly string[]): string | undefined {
  const [kind = '', language] = template.split('.');
  if (!isKind(kind) || (language !== 'zh' && language !== 'en')) return undefined;
  return texts[kind][language].replace(/\{(\d)\}/g, (_, place: string) => parameters[Number(place) - 1] ?? '');
}
