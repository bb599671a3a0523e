import type { OperatorId } from '../../../../shared/contracts/common.ts';
import { useCenterName } from '../../entities/centers/use-center-name.ts';
import { useOperators } from '../../entities/operators/operators.ts';
import { inLanguage } from '../../lib/format.ts';
import { defineTexts, useLanguage, useTexts } from '../../lib/i18n.ts';

const posts = ['center-staff', 'operator-staff', 'bureau-officer', 'platform-admin'] as const;
const bureaus = ['commerce', 'civil-affairs', 'education', 'health'] as const;
const deeds = [
  'record-read',
  'relations-read',
  'record-created',
  'found-by-card',
  'found-by-phone',
  'desk',
  'slip',
  'roster',
  'round-claims',
  'allowances',
  'pass-issued',
  'pass-part-paid',
  'fund-given',
  'school-confirmed',
  'group-confirmed',
  'group-ended',
] as const;

const readTexts = defineTexts('reads', {
  zh: {
    'as.center-staff': '社区工作者',
    'as.operator-staff': '机构工作人员',
    'as.bureau-officer': '主管部门',
    'as.platform-admin': '平台管理员',
    'bureau.commerce': '商务局',
    'bureau.civil-affairs': '民政局',
    'bureau.education': '教育局',
    'bureau.health': '卫生健康局',
    'what.record-read': '查看了档案',
    'what.relations-read': '核对了谁可以代为办理',
    'what.record-created': '建立了档案',
    'what.found-by-card': '按身份证号码查到了这个人',
    'what.found-by-phone': '按手机号码查到了这个人',
    'what.desk': '在{{place}}的当日看板上看到了预约',
    'what.slip': '在{{place}}查看或打印了预约凭条',
    'what.roster': '在{{place}}的场次名单上看到了姓名',
    'what.round-claims': '为抽签分配核实优先组时看到了姓名',
    'what.allowances': '查看了额度、次卡和资助',
    'what.pass-issued': '开了一张次卡',
    'what.pass-part-paid': '记录了一笔次卡分期款',
    'what.fund-given': '登记了一笔资助',
    'what.school-confirmed': '核对材料后确认了学校',
    'what.group-confirmed': '核对材料后确认属于一个优先群体',
    'what.group-ended': '结束了一项优先群体的确认',
    between: '、',
  },
  en: {
    'as.center-staff': 'center staff',
    'as.operator-staff': 'operator staff',
    'as.bureau-officer': 'bureau officer',
    'as.platform-admin': 'platform admin',
    'bureau.commerce': 'commerce bureau',
    'bureau.civil-affairs': 'civil affairs bureau',
    'bureau.education': 'education bureau',
    'bureau.health': 'health bureau',
    'what.record-read': 'opened the record',
    'what.relations-read': 'checked who may act for this person',
    'what.record-created': 'created the record',
    'what.found-by-card': 'found this person by the resident ID number',
    'what.found-by-phone': 'found this person by the phone number',
    'what.desk': 'saw the booking on the day’s board of {{place}}',
    'what.slip': 'opened or printed a booking slip at {{place}}',
    'what.roster': 'saw the name on a roster of {{place}}',
    'what.round-claims': 'saw the name while confirming priority groups for a draw',
    'what.allowances': 'looked at allowances, passes and funds',
    'what.pass-issued': 'issued a pass',
    'what.pass-part-paid': 'recorded a part of a pass as paid',
    'what.fund-given': 'entered a fund',
    'what.school-confirmed': 'saw a document and confirmed the school',
    'what.group-confirmed': 'saw a document and confirmed a priority group',
    'what.group-ended': 'ended the confirmation of a priority group',
    between: ', ',
  },
});

/** The log's stable words in plain ones: `center-staff.yuhu`, `roster kangle`. A word from a later version is shown as it is. */
export function useReadWords() {
  const t = useTexts(readTexts);
  const language = useLanguage();
  const centerName = useCenterName();
  const operators = useOperators();
  const operatorName = (operatorId: OperatorId): string => {
    const operator = operators.data?.find((it) => it.operatorId === operatorId);
    return operator ? inLanguage(operator.name, language) : operatorId;
  };
  const placeOf = (kind: string, of: string): string => {
    if (kind === 'center-staff' || kind === 'desk' || kind === 'slip') return centerName(of);
    if (kind === 'operator-staff' || kind === 'roster') return operatorName(of);
    const bureau = bureaus.find((name) => name === of);
    return bureau ? t(`bureau.${bureau}`) : of;
  };
  const postWords = (word: string): string => {
    const [kind = '', of] = word.split('.');
    const post = posts.find((name) => name === kind);
    if (!post) return word;
    return of ? `${placeOf(kind, of)} · ${t(`as.${post}`)}` : t(`as.${post}`);
  };
  return {
    asWords: (as: string): string => as.split(', ').map(postWords).join(t('between')),
    whatWords: (what: string): string => {
      const [kind = '', of = ''] = what.split(' ');
      const deed = deeds.find((name) => name === kind);
      return deed ? t(`what.${deed}`, { place: placeOf(kind, of) }) : what;
    },
  };
}
