import type { centerKinds } from '../../../shared/contracts/centers.ts';
import type { Service } from '../../../shared/contracts/common.ts';
import type { districts } from '../../../shared/contracts/people.ts';
import { defineTexts } from './i18n.ts';

/** The lists of the contracts as values: importing the contracts themselves would bring the parser into the page. */
export const cityDistricts = [
  '荔城区',
  '城厢区',
  '涵江区',
  '秀屿区',
  '仙游县',
] as const satisfies readonly (typeof districts)[number][];

export const centerKindList = [
  'concentrated',
  'distributed',
  'completed',
] as const satisfies readonly (typeof centerKinds)[number][];

export const sixServices = [
  'childcare',
  'elder-care',
  'medical',
  'food',
  'leisure',
  'affairs',
] as const satisfies readonly Service[];

export const isService = (text: unknown): text is Service =>
  text === 'other' || sixServices.some((service) => service === text);

export const cityTexts = defineTexts('city', {
  zh: {
    'service.childcare': '幼有所育',
    'service.elder-care': '老有所养',
    'service.medical': '病有所医',
    'service.food': '食有所安',
    'service.leisure': '居有所乐',
    'service.affairs': '事有所办',
    'service.other': '其他服务',
    'serviceHint.childcare': '托管、课后',
    'serviceHint.elder-care': '日托、康养',
    'serviceHint.medical': '专家坐诊',
    'serviceHint.food': '长者助餐',
    'serviceHint.leisure': '课程、活动',
    'serviceHint.affairs': '代办、咨询',
    'serviceHint.other': '更多',
    'kind.concentrated': '集中型',
    'kind.distributed': '分散型',
    'kind.completed': '完善型',
    'district.荔城区': '荔城区',
    'district.城厢区': '城厢区',
    'district.涵江区': '涵江区',
    'district.秀屿区': '秀屿区',
    'district.仙游县': '仙游县',
    'funding.welfare': '公益项目，费用由政府或中心承担',
    'funding.purchased': '政府购买服务，您只付自己的部分',
    'funding.market': '微利服务，费用由您支付',
  },
  en: {
    'service.childcare': 'Childcare',
    'service.elder-care': 'Elder care',
    'service.medical': 'Medical',
    'service.food': 'Food',
    'service.leisure': 'Leisure',
    'service.affairs': 'Affairs',
    'service.other': 'Other',
    'serviceHint.childcare': 'After school, play',
    'serviceHint.elder-care': 'Day care, therapy',
    'serviceHint.medical': 'Visiting doctors',
    'serviceHint.food': 'Canteen, meals',
    'serviceHint.leisure': 'Classes, rooms',
    'serviceHint.affairs': 'Paperwork, advice',
    'serviceHint.other': 'More',
    'kind.concentrated': 'All in one house',
    'kind.distributed': 'Several houses',
    'kind.completed': 'Renewed',
    'district.荔城区': 'Licheng',
    'district.城厢区': 'Chengxiang',
    'district.涵江区': 'Hanjiang',
    'district.秀屿区': 'Xiuyu',
    'district.仙游县': 'Xianyou',
    'funding.welfare': 'Public welfare: the city or the center pays',
    'funding.purchased': 'Bought by the city: you pay only your part',
    'funding.market': 'Small-margin service: you pay',
  },
});

/** A district as the data spells it, in the reader's language where it is known. */
export const districtKey = (district: string) => {
  const known = cityDistricts.find((name) => name === district);
  return known ? (`district.${known}` as const) : undefined;
};
